using EnvelopeSdk.Architecture.Tests.Harness;
using EnvelopeSdk.Architecture.Tests.Rules;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>The core knows frameworks by what their rooms declare, never by name.</summary>
public class FrameworkNameTests
{
    [Fact]
    public void The_core_names_no_framework() => Offences.None(Repository.Files
        .Where(FrameworkNames.IsCore).SelectMany(path => FrameworkNames.In(path, Repository.Read(path))));

    [Theory]
    [InlineData("A.cs", "\nusing Microsoft.ML;")]
    [InlineData("A.cs", "\nvar pool = \"Microsoft.ML.PredictionEngine`2\";")]
    [InlineData("A.cs", "\nclass OnnxCodec;")]
    [InlineData("A.cs", "/* */\nvar message = \"ML.NET cannot do it.\"; // a comment")]
    [InlineData("A.targets", "<Project>\n<ItemGroup Condition=\"'$(A)' == 'TorchSharp'\" /></Project>")]
    [InlineData("A.props", "<Project>\n<HasMLNet>true</HasMLNet></Project>")]
    public void A_framework_in_the_core_is_named_with_its_line(string path, string text) =>
        Assert.StartsWith(path + "(2): ", FrameworkNames.In(path, text).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData("A.cs", "/// <summary>For example a pipeline of ML.NET.</summary>\nclass A; // Onnx\n/* TorchSharp */")]
    [InlineData("A.cs", "using Microsoft.MLA; class XmlNet;")]
    [InlineData("A.targets", "<Project><!-- ML.NET finds its parts by reflection. --></Project>")]
    public void A_comment_may_name_one(string path, string text) => Offences.None(FrameworkNames.In(path, text));

    [Theory]
    [InlineData("src/EnvelopeSdk.Serving/Turns.cs", true)]
    [InlineData("analyzers/EnvelopeSdk.Analyzers/Rules.cs", true)]
    [InlineData("src/EnvelopeSdk/build/EnvelopeSdk.targets", true)]
    [InlineData("src/EnvelopeSdk.MLNet/PredictionPool.cs", false)]
    [InlineData("src/EnvelopeSdk.Tool/Quickstart/Steps.cs", false)]
    [InlineData("src/EnvelopeSdk/README.md", false)]
    public void The_core_is_everything_but_frameworks_and_the_tool(string path, bool expected) =>
        Assert.Equal(expected, FrameworkNames.IsCore(path));
}
