using EnvelopeSdk.Architecture.Tests.Harness;
using EnvelopeSdk.Architecture.Tests.Rules;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>Projects know what lies below them, and nothing beside or above them.</summary>
public class ArrowTests
{
    [Fact]
    public void Projects_reference_only_what_their_room_may_know() =>
        Offences.None(Arrows.Forbidden(Repository.Projects));

    [Theory]
    [InlineData("src", "EnvelopeSdk.Runtime", "src/EnvelopeSdk.Storage")]
    [InlineData("src", "EnvelopeSdk.Runtime", "src/EnvelopeSdk.Runtime")]
    [InlineData("src", "EnvelopeSdk.Storage", "src/EnvelopeSdk")]
    [InlineData("src", "EnvelopeSdk.Storage", "src/EnvelopeSdk.Serving")]
    [InlineData("src", "EnvelopeSdk", "src/EnvelopeSdk.Build")]
    [InlineData("src", "EnvelopeSdk.Build", "src/EnvelopeSdk")]
    [InlineData("src", "EnvelopeSdk.Serving", "src/EnvelopeSdk.Storage")]
    [InlineData("src", "EnvelopeSdk.Service", "src/EnvelopeSdk.Storage")]
    [InlineData("src", "EnvelopeSdk.Service", "src/EnvelopeSdk")]
    [InlineData("src", "EnvelopeSdk.Service", "src/EnvelopeSdk.MLNet")]
    [InlineData("src", "EnvelopeSdk.Batch", "src/EnvelopeSdk.Service")]
    [InlineData("src", "EnvelopeSdk.Onnx", "src/EnvelopeSdk.MLNet")]
    [InlineData("src", "EnvelopeSdk.MLNet", "src/EnvelopeSdk.Tool")]
    [InlineData("generators", "EnvelopeSdk.Generators", "src/EnvelopeSdk.Runtime")]
    [InlineData("analyzers", "EnvelopeSdk.Analyzers", "src/EnvelopeSdk.Runtime")]
    [InlineData("analyzers", "EnvelopeSdk.CodeFixes", "generators/EnvelopeSdk.Generators")]
    public void A_reference_that_its_room_may_not_have_is_named(string folder, string from, string to)
    {
        var target = to[(to.IndexOf('/') + 1)..];
        var project = Project(folder, from, $"""<ProjectReference Include="../../{to}/{target}.csproj" />""");
        var offence = Assert.Single(Arrows.Forbidden([project]));
        Assert.StartsWith($"{from} -> {target}: ", offence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EnvelopeSdk.Storage", "EnvelopeSdk.Runtime")]
    [InlineData("EnvelopeSdk", "EnvelopeSdk.Runtime")]
    [InlineData("EnvelopeSdk.Service", "EnvelopeSdk.Runtime")]
    [InlineData("EnvelopeSdk.MLNet", "EnvelopeSdk.Storage")]
    [InlineData("EnvelopeSdk.Tool", "EnvelopeSdk.MLNet")]
    public void A_reference_along_the_arrows_is_allowed(string from, string to) => Offences.None(
        Arrows.Forbidden([Project("src", from, $"""<ProjectReference Include="..\{to}\{to}.csproj" />""")]));

    [Fact]
    public void A_reference_to_an_own_package_is_an_arrow() => Assert.Single(Arrows.Forbidden(
        [Project("src", "EnvelopeSdk.Service", """<PackageReference Include="EnvelopeSdk.Storage" />""")]));

    [Theory]
    [InlineData("generators", "EnvelopeSdk.Generators", "../../src/EnvelopeSdk.Runtime/Schema/*.cs")]
    [InlineData("analyzers", "EnvelopeSdk.Analyzers", "../../src/EnvelopeSdk.Build/BuildErrors.cs")]
    [InlineData("src", "EnvelopeSdk.Runtime", "../../generators/EnvelopeSdk.Generators/KnownNames.cs")]
    public void A_source_of_another_room_is_an_arrow(string folder, string from, string source) =>
        Assert.Single(Arrows.Forbidden([Project(folder, from, $"""<Compile Include="{source}" />""")]));

    [Theory]
    [InlineData("generators", "EnvelopeSdk.Generators", "../../src/EnvelopeSdk.Runtime/Vocabulary/*.cs")]
    [InlineData("analyzers", "EnvelopeSdk.Analyzers", "../../generators/EnvelopeSdk.Generators/Parsing/*.cs")]
    [InlineData("generators", "EnvelopeSdk.Generators", "Parsing/*.cs")]
    public void Sources_that_rooms_share_are_none(string folder, string from, string source) =>
        Offences.None(Arrows.Forbidden([Project(folder, from, $"""<Compile Include="{source}" />""")]));

    [Fact]
    public void A_room_that_has_no_arrows_yet_is_named() => Assert.StartsWith(
        "EnvelopeSdk.Cellar is a room", Assert.Single(Arrows.Forbidden([Project("src", "EnvelopeSdk.Cellar", "")])),
        StringComparison.Ordinal);

    private static ProjectFile Project(string folder, string name, string items) => ProjectFile.Parse(
        $"{folder}/{name}/{name}.csproj",
        $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{items}</ItemGroup></Project>""");
}
