using System.Text.RegularExpressions;
using EnvelopeSdk.Architecture.Tests.Harness;

namespace EnvelopeSdk.Architecture.Tests.Rules;

/// <summary>
/// The core works for every machine-learning framework because its code names none: what it must know of one, the room
/// of that framework declares. Comments may name one as an example.
/// </summary>
internal static partial class FrameworkNames
{
    private static readonly string[] Core =
    [
        "src/EnvelopeSdk.Runtime", "src/EnvelopeSdk.Storage", "src/EnvelopeSdk", "src/EnvelopeSdk.Build",
        "src/EnvelopeSdk.Serving", "src/EnvelopeSdk.Service", "generators", "analyzers",
    ];

    public static bool IsCore(string path) =>
        Repository.IsIn(path, Core) && Repository.HasExtension(path, ".cs", ".csproj", ".props", ".targets");

    public static IEnumerable<string> In(string path, string text)
    {
        var lines = Repository.HasExtension(path, ".cs")
            ? SourceCode.LinesWithoutComments(text).Select((line, index) => (Line: index + 1, Text: line))
            : SourceCode.ValuesOf(text);
        return lines.SelectMany(line => Framework().Matches(line.Text)
            .Select(name => $"{path}({line.Line}): the core names a framework, '{name.Value}'."));
    }

    [GeneratedRegex(
        @"\bMicrosoft\.(ML|Data\.Analysis)\b|\bML\.NET\b|ML(Net|NET)\b|\bMLContext\b|\bI(DataView|Transformer)\b"
        + @"|\bDataFrame\b|\bPredictionEngine\b|TorchSharp|O(nnx|NNX)|TensorFlow")]
    private static partial Regex Framework();
}
