using System.CommandLine;
using EnvelopeSdk.Tool.Commands;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>What an option cannot be is said in words of its user's.</summary>
public sealed class WrongValueTests
{
    [Fact]
    public void No_option_and_no_argument_speaks_of_types_of_NET()
    {
        var root = EnvelopeCommand.Create();
        var parsed = 0;

        Visit(root, []);

        Assert.True(parsed > 100, $"{parsed} were tried.");

        void Visit(Command command, string[] path)
        {
            foreach (var words in command.Options.SelectMany(one => (string[][])[[one.Name, "1e9"], [one.Name]]).Append(["1e9"]))
            {
                Assert.All(root.Parse([.. path, .. words]).Errors, one => Assert.DoesNotContain("System.", one.Message, StringComparison.Ordinal));
                parsed++;
            }

            foreach (var below in command.Subcommands)
            {
                Visit(below, [.. path, below.Name]);
            }
        }
    }

    [Theory]
    [InlineData("--limit is a whole number from 1 to 2147483647, and 'ten' is none.", "list", "--limit", "ten")]
    [InlineData("--limit is a whole number from 1 to 2147483647, and '0' is none.", "list", "--limit", "0")]
    [InlineData("--keep is a whole number from 1 to 2147483647, and '2147483648' is none.", "gc", "--keep", "2147483648")]
    [InlineData("--memory is a whole number from 64 to 2147483647, and '63' is none.", "batch", ToolRun.Name, "--memory", "63")]
    [InlineData("id is a whole number from 1 to 9223372036854775807, and '1.5' is none.", "deployment", "show", ToolRun.Name, "1.5")]
    public async Task What_is_no_number_is_said_with_those_that_are(string said, params string[] arguments)
    {
        using var tool = new ToolRun();

        var run = await tool.RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.StartsWith(said + "\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_one_is_taken()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        Assert.Equal(ExitCodes.Done, (await tool.RunAsync("list", "--limit", "1")).Code);
        Assert.Equal(ExitCodes.Done, (await tool.RunAsync("gc", "--keep", "1", "--dry-run")).Code);
    }
}
