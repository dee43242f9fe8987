using EnvelopeSdk.Analyzers.Tests.Harness;

namespace EnvelopeSdk.Analyzers.Tests;

public class PathAsStateTests
{
    [Theory]
    [InlineData("private readonly string _x = File.ReadAllText([|path|]);", "File.ReadAllText")]
    [InlineData("private readonly byte[] _x = File.ReadAllBytes(Path.Combine(\"a\", [|path|] + \".bin\"));", "File.ReadAllBytes")]
    [InlineData("private readonly Stream _x = new FileStream([|path|], FileMode.Open);", "new FileStream")]
    [InlineData("private readonly TextReader _x = new StreamReader($\"{[|path|]}.txt\");", "new StreamReader")]
    [InlineData("private readonly object _x = Tree.Load([|path|]); public static class Tree { public static object Load(string modelPath) => modelPath; }", "Tree.Load")]
    public async Task A_path_that_the_class_opens_is_reported(string members, string member)
    {
        var source = new TestSource(Source(members));
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal(("ENV0036", source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.StartsWith($"'path' is state of 'Model', and '{member}' opens the file that it names; ", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private readonly string _x = Path.GetExtension(path);")]
    [InlineData("private readonly string _x = path + File.ReadAllText(\"a\");")]
    [InlineData("private readonly object _x = Tree.Load(path); public static class Tree { public static object Load(string text) => text; }")]
    [InlineData("public static Model Train(string file) => new(File.ReadAllText(file) is { } text ? text : \"\"); public int Length => path.Length;")]
    public async Task A_text_that_names_no_opened_file_is_not_reported(string members) =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(Source(members)).Compile()));

    private static string Source(string members) =>
        $"using System.IO; [EnvelopeModel(\"a\")] public sealed partial class Model(string path) {{ {members} [Predict] public int Predict(int x) => x; }}";
}
