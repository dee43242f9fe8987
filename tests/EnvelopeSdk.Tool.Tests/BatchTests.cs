
namespace EnvelopeSdk.Tool.Tests;

/// <summary><c>envelope batch</c>, up to where a job is built.</summary>
public sealed class BatchTests
{
    [Theory]
    [InlineData("batch", "-i", "in.csv", "-o", "out.csv")]
    [InlineData("batch", ToolRun.Name, "--tag", "team=pricing", "-i", "in.csv", "-o", "out.csv")]
    public async Task One_envelope_is_named_or_asked_for(params string[] arguments)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var refused = await tool.RunAsync(arguments);

        Assert.Equal(2, refused.Code);
        Assert.Contains("Name an envelope, or give --tag", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_that_no_envelope_has_are_named()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var refused = await tool.RunAsync("batch", "--tag", "team=pricing", "--tag", "stage=live", "-i", "in.csv", "-o", "out.csv");

        Assert.Equal(3, refused.Code);
        Assert.StartsWith(
            "error: No envelope has the tag 'team=pricing' and the tag 'stage=live'.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_that_is_not_there_is_named()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        Assert.Equal(3, (await tool.RunAsync("batch", "no-such", "-i", "in.csv", "-o", "out.csv")).Code);
    }
}
