using EnvelopeSdk.Architecture.Tests.Harness;
using EnvelopeSdk.Architecture.Tests.Rules;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>A file is found where its name says, and a type where its namespace says.</summary>
public class FolderTests
{
    private static readonly ProjectFile Storage = ProjectFile.Parse(
        "src/EnvelopeSdk.Storage/EnvelopeSdk.Storage.csproj",
        "<Project><PropertyGroup><RootNamespace>EnvelopeSdk</RootNamespace></PropertyGroup></Project>");

    [Fact]
    public void The_top_level_has_five_folders() => Offences.None(Folders.OutOfPlace(Repository.Files));

    [Fact]
    public void Another_folder_of_the_top_level_is_named() => Assert.StartsWith(
        "docs/ ", Assert.Single(Folders.OutOfPlace(["docs/a.md", "docs/b.md", "src/a.cs", ".ci/run", "README.md"])),
        StringComparison.Ordinal);

    [Fact]
    public void Namespaces_follow_folders() => Offences.None(
        from path in Repository.Files
        where Repository.HasExtension(path, ".cs")
        let project = Repository.ProjectOf(path)
        where project is not null
        from offence in Folders.Misnamed(project, path, Repository.Read(path))
        select offence);

    [Theory]
    [InlineData("namespace EnvelopeSdk.Journal; class A;")]
    [InlineData("namespace EnvelopeSdk.Storage.Packing { class A; }")]
    [InlineData("namespace EnvelopeSdk.Packing { class A; } namespace EnvelopeSdk { class B; }")]
    [InlineData("class A;")]
    public void A_namespace_that_does_not_follow_its_folder_is_named(string source) => Assert.StartsWith(
        "src/EnvelopeSdk.Storage/Packing/A.cs: ",
        Assert.Single(Folders.Misnamed(Storage, "src/EnvelopeSdk.Storage/Packing/A.cs", source)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("src/EnvelopeSdk.Storage/A.cs", "namespace EnvelopeSdk; class A { class B; }")]
    [InlineData("src/EnvelopeSdk.Storage/Packing/A.cs", "namespace EnvelopeSdk.Packing; delegate void A();")]
    [InlineData("src/EnvelopeSdk.Storage/Packing/B/A.cs", "namespace EnvelopeSdk.Packing { namespace B { class A; } }")]
    [InlineData("src/EnvelopeSdk.Storage/Packing/A.cs", "[assembly: System.CLSCompliant(false)]")]
    public void A_namespace_that_follows_its_folder_is_none(string path, string source) =>
        Offences.None(Folders.Misnamed(Storage, path, source));
}
