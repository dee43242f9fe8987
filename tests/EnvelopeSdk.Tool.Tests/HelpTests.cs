using System.CommandLine.Parsing;
using EnvelopeSdk.Tool.Commands;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>The help of each command ends with examples that can be typed.</summary>
public sealed class HelpTests
{
    /// <summary>But those that only hold others.</summary>
    public static TheoryData<string> Commands =>
        [.. EnvelopeCommand.Create().Subcommands.Where(one => one.Action is not null).Select(one => one.Name)];

    [Theory]
    [InlineData("registry", 8)]
    [InlineData("gateway", 1)]
    [InlineData("deployment", 8)]
    [InlineData("configuration", 4)]
    [InlineData("rule", 4)]
    public void Every_example_of_the_commands_below_another_is_understood(string name, int count)
    {
        var root = EnvelopeCommand.Create();
        var under = root.Subcommands.Single(one => one.Name == name).Subcommands;
        List<System.CommandLine.Command> all = [.. under.Where(one => one is ToolCommand), .. under.SelectMany(one => one.Subcommands)];

        Assert.Equal(count, all.Count);
        Assert.All(all, command => Assert.All(Assert.IsType<ToolCommand>(command).Examples, example => Assert.Empty(
            root.Parse([.. CommandLineParser.SplitCommandLine(example.Replace('\'', '"')).Skip(1)]).Errors)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_example_is_understood(string name)
    {
        var root = EnvelopeCommand.Create();
        var command = Assert.IsType<ToolCommand>(root.Subcommands.Single(one => one.Name == name));

        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example =>
        {
            var words = CommandLineParser.SplitCommandLine(example.Replace('\'', '"')).ToList();
            Assert.Equal("envelope", words[0]);
            var shell = words.FindIndex(word => word is ">" or ">>");
            var parsed = root.Parse([.. words[1..(shell < 0 ? words.Count : shell)]]);
            Assert.Empty(parsed.Errors);
            Assert.Equal(name, parsed.CommandResult.Command.Name);
        });
    }

    [Fact]
    public async Task Help_ends_with_the_examples()
    {
        using var tool = new ToolRun();

        var help = await tool.RunAsync("verify", "--help");

        Assert.EndsWith(
            "Examples:\n  envelope verify diamond-price\n  envelope verify diamond-price --key key.pub\n  envelope verify diamond-price --feeds --fail-on vulnerable\n",
            help.Output.TrimEnd('\n') + "\n",
            StringComparison.Ordinal);
        Assert.Equal(0, help.Code);
    }
}
