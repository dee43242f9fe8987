using EnvelopeSdk.Authoring;
using EnvelopeSdk.Build.Tests.Support;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EnvelopeSdk.Build.Tests;

/// <summary>A training build that uses models which were compiled elsewhere.</summary>
[Collection(nameof(RestoredProjects))]
public sealed class ContractTests(RestoredProjects projects) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("envelope-build-test-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(ModelContract.Number + 1, "9.9.0")]
    [InlineData(ModelContract.Number - 1, "0.0.9")]
    public void Models_of_another_contract_are_told_with_both_numbers_and_the_version_that_has_it(int number, string platform) =>
        Task(MadeAssembly.WithContract(Path.Combine(_directory.FullName, "Models.dll"), number, platform))
            .Fails("ENVB011", "'Models'", $"contract {number}", platform, $"contract {ModelContract.Number}");

    [Fact]
    public void Models_of_the_same_contract_and_assemblies_without_models_are_not() =>
        Task(
            MadeAssembly.WithContract(Path.Combine(_directory.FullName, "Models.dll"), ModelContract.Number, "9.9.0"),
            typeof(ContractTests).Assembly.Location, typeof(Assert).Assembly.Location).Succeeds();

    [Fact]
    public void What_is_no_assembly_is_passed_over()
    {
        var native = Path.Combine(_directory.FullName, "native.dll");
        File.WriteAllText(native, "no assembly");

        Task(native).Succeeds();
    }

    private CapturePackages Task(params string[] files) => new()
    {
        ProjectFile = projects.At("App/App.csproj"),
        AssetsFile = projects.Assets("App"),
        TargetFramework = "net10.0",
        SdkVersion = "10.0.100",
        CopyLocalFiles = [.. files.Select(file => (ITaskItem)new TaskItem(file))],
        LockFile = Path.Combine(_directory.FullName, "lock.json"),
    };
}
