using EnvelopeSdk.Architecture.Tests.Harness;
using EnvelopeSdk.Architecture.Tests.Rules;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>A rule over nothing holds; these are what the others look at.</summary>
public class RepositoryTests
{
    [Theory]
    [InlineData("EnvelopeSdk.Runtime", 0)]
    [InlineData("EnvelopeSdk.Storage", 1)]
    [InlineData("EnvelopeSdk.Service", 1)]
    [InlineData("EnvelopeSdk.Generators", 0)]
    [InlineData("EnvelopeSdk.CodeFixes", 1)]
    public void Projects_are_found_with_their_references(string name, int references) => Assert.Equal(
        references, Assert.Single(Repository.Projects, project => project.Name == name).References.Count);

    [Theory]
    [InlineData("EnvelopeSdk.Runtime", "EnvelopeSdk")]
    [InlineData("EnvelopeSdk.Serving", "EnvelopeSdk.Serving")]
    public void Projects_are_found_with_their_namespace(string name, string expected) => Assert.Equal(
        expected, Assert.Single(Repository.Projects, project => project.Name == name).RootNamespace);

    [Fact]
    public void Packages_and_frameworks_are_found()
    {
        var service = Repository.Projects.Single(project => project.Name == "EnvelopeSdk.Service");
        Assert.Contains("Microsoft.AspNetCore.OpenApi", service.Packages);
        Assert.Equal(["Microsoft.AspNetCore.App"], service.Frameworks);
    }

    [Theory]
    [InlineData("src/EnvelopeSdk.Runtime/")]
    [InlineData("src/EnvelopeSdk/")]
    [InlineData("src/EnvelopeSdk.Build/")]
    [InlineData("generators/")]
    [InlineData("analyzers/EnvelopeSdk.CodeFixes/")]
    public void Sources_of_the_core_are_found(string folder) => Assert.Contains(
        Repository.Files, path => path.StartsWith(folder, StringComparison.Ordinal) && FrameworkNames.IsCore(path));

    [Fact]
    public void What_builds_leave_behind_is_not_looked_at() =>
        Assert.DoesNotContain(Repository.Files, path => path.Split('/')[..^1].Any(folder => folder is "bin" or "obj"));
}
