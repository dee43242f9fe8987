using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>What is said of a disk that is full where .NET writes, and not the engine.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public void It_is_known_from_other_failures_and_said_with_what_helps()
    {
        var full = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x"));
        var other = Assert.ThrowsAny<IOException>(() => File.ReadAllText("/not/there"));

        Assert.True(EngineFailure.IsOfFullDisk(full));
        Assert.False(EngineFailure.IsOfFullDisk(other));
        var said = EngineFailure.OfFullDisk(full);
        Assert.Equal(EnvelopeError.Unavailable, said.Error);
        Assert.StartsWith("A disk is full: ", said.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Free space, or name another place for what the job writes. Parts that are finished are kept.", said.Message, StringComparison.Ordinal);
    }
}
