using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace EnvelopeSdk.Tool.Completion;

/// <summary>
/// What shells ask: <c>envelope "[suggest:5]" "show "</c>, all behind the command's name and where in it the cursor is.
/// Answers a line each, and nothing else: an error would be printed into what somebody types.
/// </summary>
internal sealed class SuggestAction(SuggestDirective directive) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Answers so in place of System.CommandLine, which offers every spelling of help each time.</summary>
    public static void AddTo(RootCommand root)
    {
        var directive = root.Directives.OfType<SuggestDirective>().Single();
        directive.Action = new SuggestAction(directive);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var line = parseResult.Tokens.LastOrDefault(one => one.Type != TokenType.Directive)?.Value ?? "";
        var asked = parseResult.GetResult(directive)?.Values is [var value, ..] ? value : null;
        var cursor = int.TryParse(asked, out var at) ? Math.Clamp(at, 0, line.Length) : line.Length;
        var typed = line[..cursor];
        var parsed = parseResult.RootCommandResult.Command.Parse(typed);
        foreach (var one in Offered(parsed, typed).Distinct(StringComparer.Ordinal))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(one);
        }

        return 0;
    }

    /// <summary>Options only when they are begun, or nothing else can come: files would be hidden by them.</summary>
    private static IEnumerable<string> Offered(ParseResult parsed, string typed)
    {
        var word = typed[(typed.LastIndexOf(' ') + 1)..];
        var all = parsed.GetCompletions(typed.Length)
            .Select(one => one.InsertText ?? one.Label)
            .Where(one => one is not ("-?" or "-h" or "/?" or "/h"))
            .Where(one => one.StartsWith(word, StringComparison.Ordinal));
        var isOption = word.StartsWith('-')
            || parsed.CommandResult.Command is { Arguments: [], Subcommands: [] };
        return isOption ? all : all.Where(one => !one.StartsWith('-'));
    }
}
