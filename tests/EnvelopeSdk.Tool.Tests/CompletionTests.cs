using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>Shells complete what is typed behind the command.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("ver", "verify")]
    [InlineData("show ", "golden-linear")]
    [InlineData("show go", "golden-linear")]
    [InlineData("verify --k", "--key")]
    [InlineData("tag golden-linear te", "team-", "team=")]
    [InlineData("list --tag te", "team-", "team=")]
    [InlineData("deploy go", "golden-linear")]
    [InlineData("deploym", "deployment")]
    [InlineData("deployment ap", "approve")]
    [InlineData("rule set pricing newest --tag te", "team=")]
    [InlineData("configuration set pricing --can", "--canary")]
    [InlineData("completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("import ")] // of files the shell knows
    [InlineData("show no")]
    public async Task What_is_offered_fits_the_word(string typed, params string[] offered)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        Assert.Equal(string.Concat(offered.Select(one => one + "\n")), await SuggestAsync(tool, typed));
    }

    [Fact]
    public async Task A_store_that_is_not_there_offers_nothing_and_prints_no_error()
    {
        using var tool = new ToolRun();

        var ran = await tool.RunAsync("[suggest:5]", "show ");

        Assert.Equal(new Ran(0, "", ""), ran);
    }

    [ProgramsTheory("bash")]
    [InlineData("envelope ver", "verify")]
    [InlineData("envelope show go", "golden-linear")]
    [InlineData("envelope list --tag te", "team-\nteam=")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Bash_completes(string line, string offered)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var ran = await tool.ShellAsync(
            "bash",
            "-c",
            """
            eval "$(envelope completion bash)"
            complete -p envelope >&2
            COMP_LINE=$0 COMP_POINT=${#0} COMP_WORDS=($0) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _envelope
            printf '%s\n' "${COMPREPLY[@]}"
            """,
            line);

        Assert.Contains("-F _envelope envelope", ran.Error, StringComparison.Ordinal);
        Assert.Equal(offered + "\n", ran.Output);
    }

    [ProgramsFact("fish")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Fish_completes()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var ran = await tool.ShellAsync(
            "fish", "-c", "envelope completion fish | source; complete -C 'envelope show go'");

        Assert.Equal("golden-linear\n", ran.Output);
    }

    [ProgramsFact("zsh")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Zsh_completes()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        // A completion runs in the line editor alone: what it would add is caught instead.
        var ran = await tool.ShellAsync(
            "zsh",
            "-fc",
            """
            compdef() { print -u2 -- $@ }
            compadd() { print -r -- ${@[-1]} }
            eval "$(envelope completion zsh)"
            words=(envelope show go) CURRENT=3
            _envelope
            """);

        Assert.Equal(("_envelope envelope\n", "golden-linear\n"), (ran.Error, ran.Output));
    }

    private static async Task<string> SuggestAsync(ToolRun tool, string typed) =>
        (await tool.RunAsync($"[suggest:{typed.Length}]", typed)).Output;
}
