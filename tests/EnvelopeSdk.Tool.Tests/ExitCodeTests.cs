using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>The exit code says what kind of failure it was.</summary>
public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(ExitCodes.Done, "show", ToolRun.Name)]
    [InlineData(ExitCodes.Done, "diff", ToolRun.Name, ToolRun.Name)]
    [InlineData(ExitCodes.Usage, "show")]
    [InlineData(ExitCodes.Usage, "metric", ToolRun.Name, "loss=1e999")]
    [InlineData(ExitCodes.NotFound, "show", "no-such")]
    [InlineData(ExitCodes.NotFound, "import", "no-such.envelope")]
    [InlineData(ExitCodes.Unavailable, "export", ToolRun.Name, "no-such-folder/a.envelope")]
    public async Task A_command_ends_with_the_code_of_its_failure(int code, params string[] arguments)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        Assert.Equal(code, (await tool.RunAsync(arguments)).Code);
    }

    [Fact]
    public async Task What_is_damaged_is_not_sound_to_who_asks_just_that()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var bytes = await File.ReadAllBytesAsync(ToolRun.Golden);
        // Of the end: what stands at the beginning is read already when the file is opened.
        var at = bytes.AsSpan().LastIndexOf("MZ"u8);
        bytes[at + 2] ^= 1;
        await File.WriteAllBytesAsync(tool.At("damaged.envelope"), bytes);

        Assert.Equal(ExitCodes.NotSound, (await tool.RunAsync("verify", "damaged.envelope")).Code);
        Assert.Equal(ExitCodes.Damaged, (await tool.RunAsync("import", "damaged.envelope")).Code);
        Assert.Equal(ExitCodes.Done, (await tool.RunAsync("verify", ToolRun.Golden)).Code);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_has_a_code_of_its_own()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var file = Path.Combine(tool.Store, "store.json");
        Assert.True(File.Exists(file), string.Join(' ', Directory.EnumerateFileSystemEntries(tool.Store)));
        await File.WriteAllTextAsync(file, """{"version":999}""");

        Assert.Equal(ExitCodes.UnknownVersion, (await tool.RunAsync("tag", ToolRun.Name, "a=b")).Code);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_kind_of_failure_has_one_code(EnvelopeError error) =>
        Assert.Contains(ExitCodes.Of(new EnvelopeException(error, "")), ExitCodes.All.Select(one => one.Code));

    public static TheoryData<EnvelopeError> Failures => [.. Enum.GetValues<EnvelopeError>()];

    [Fact]
    public async Task The_help_and_the_readme_list_every_code()
    {
        using var tool = new ToolRun();
        var help = (await tool.RunAsync("--help")).Output;
        var readme = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "TOOL.md"));

        Assert.All(ExitCodes.All, one => Assert.Contains($"  {one.Code,-5}{one.Meaning}\n", help, StringComparison.Ordinal));
        Assert.All(ExitCodes.All, one => Assert.Contains($"| {one.Code} | {one.Meaning} |\n", readme, StringComparison.Ordinal));
    }
}
