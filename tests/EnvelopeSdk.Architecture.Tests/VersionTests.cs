using EnvelopeSdk.Architecture.Tests.Harness;
using EnvelopeSdk.Architecture.Tests.Rules;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>A release changes the version in one place, and no document is forgotten.</summary>
public class VersionTests
{
    private static readonly string Version = Versions.Read(Repository.Read(Versions.Place));

    [Fact]
    public void The_version_stands_in_one_place() => Offences.None(Repository.Files.Where(Versions.IsBuildFile)
        .SelectMany(path => Versions.SetElsewhere(path, Repository.Read(path))));

    [Theory]
    [InlineData("VersionPrefix")]
    [InlineData("Version")]
    [InlineData("PackageVersion")]
    public void A_version_in_another_place_is_named(string property) => Assert.StartsWith(
        "src/A/A.csproj sets " + property,
        Assert.Single(Versions.SetElsewhere(
            "src/A/A.csproj", $"<Project><PropertyGroup><{property}>1.0.0</{property}></PropertyGroup></Project>")),
        StringComparison.Ordinal);

    [Fact]
    public void The_version_of_another_package_is_none() => Offences.None(Versions.SetElsewhere(
        "Directory.Packages.props",
        """<Project><ItemGroup><PackageVersion Include="A" Version="1.0.0" /></ItemGroup></Project>"""));

    [Fact]
    public void What_users_copy_mentions_that_version() => Offences.None(Repository.Files.Where(Versions.IsShown)
        .SelectMany(path => Versions.Stale(path, Repository.Read(path), Version)));

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/EnvelopeSdk.Service/README.md")]
    public void A_project_of_a_service_is_shown_with_the_version(string path) =>
        Assert.Contains(Version, Versions.Mentioned(Repository.Read(path)));

    [Theory]
    [InlineData("""<Project Sdk="EnvelopeSdk.Service/0.0.9">""")]
    [InlineData("""<PackageReference Include="EnvelopeSdk.MLNet" Version="0.0.9" />""")]
    [InlineData("dotnet add package EnvelopeSdk --version 0.0.9.")]
    [InlineData("dotnet new install EnvelopeSdk.Templates::0.0.9")]
    public void Another_version_is_named(string text) => Assert.Equal(
        "A.md mentions version 0.0.9, where Directory.Build.props says 0.1.0.",
        Assert.Single(Versions.Stale("A.md", text, "0.1.0")));

    [Theory]
    [InlineData("""<Project Sdk="EnvelopeSdk.Service/0.1.0">""")]
    [InlineData("""<Project Sdk="EnvelopeSdk.Service/ENVELOPESDK_VERSION">""")]
    [InlineData("""<PackageReference Include="Microsoft.ML" Version="5.0.1" />""")]
    public void Placeholders_and_other_packages_are_none(string text) =>
        Offences.None(Versions.Stale("A.md", text, "0.1.0"));
}
