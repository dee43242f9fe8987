using EnvelopeSdk.Layouts;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Store;

public sealed class StagingAreaTests : IDisposable
{
    private readonly TempDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Directories_that_are_released_while_others_are_made_disturb_nobody()
    {
        var storeLock = new Lock();
        Parallel.For(0, 4_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            var area = new StagingArea(_root.FullPath);
            StagingDirectory staging;
            lock (storeLock)
            {
                staging = area.Create();
            }

            using (staging)
            {
                File.WriteAllText(Path.Combine(staging.FullPath, "one"), "1");
                Assert.Equal("1", File.ReadAllText(Path.Combine(staging.FullPath, "one")));
            }
        });

        new StagingArea(_root.FullPath).Create().Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root.FullPath));
    }

    [Fact]
    public void What_nobody_holds_is_removed_and_what_somebody_holds_stays()
    {
        var abandoned = Directory.CreateDirectory(_root.At("abandoned")).FullName;
        File.WriteAllText(Path.Combine(abandoned, "partial"), "half a blob");
        using var held = new StagingArea(_root.FullPath).Create();
        using var next = new StagingArea(_root.FullPath).Create();

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(held.FullPath));
    }
}
