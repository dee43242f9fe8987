using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.PackageTests;

/// <summary>What of a model's packages is the model's own, and what is the platform's affair.</summary>
[Collection(ProductsCollection.Name)]
public sealed class PlatformPackageTests(Products products)
{
    [Fact]
    public async Task The_framework_of_a_room_and_all_below_it_is_pinned_and_the_platforms_packages_are_not()
    {
        var packages = (await products.Store.OpenAsync("diamond-price")).Record.Packages;

        Assert.Contains(packages.Packages, package => package.Id == "Microsoft.ML");
        Assert.Contains(packages.Packages, package => package.Id == "Newtonsoft.Json"); // below Microsoft.ML
        Assert.DoesNotContain(packages.Packages, package => package.Id.StartsWith("EnvelopeSdk", StringComparison.Ordinal));
        Assert.Equal(
            ["EnvelopeSdk", "EnvelopeSdk.MLNet", "EnvelopeSdk.Runtime", "EnvelopeSdk.Storage"],
            packages.Platform.Select(package => package.Id));
        Assert.Contains(new FrameworkPackage("Microsoft.ML", "EnvelopeSdk.MLNet", NativeCode: false), packages.Frameworks);
    }

    [Fact]
    public async Task A_service_has_nothing_of_the_training_side()
    {
        var project = await products.NewAsync("envelope-service", "Lean", "--envelope", "diamond-price");
        await products.RunAsync(project, "dotnet", "build");

        var files = Directory.EnumerateFiles(Path.Combine(project, "bin", "Debug", "net10.0"), "EnvelopeSdk*.dll");

        Assert.Equal(
            ["EnvelopeSdk.MLNet.dll", "EnvelopeSdk.Runtime.dll", "EnvelopeSdk.Service.dll", "EnvelopeSdk.Serving.dll"],
            files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1.6.31")]
    [InlineData("3.11.0")]
    public async Task A_package_that_no_service_can_be_with_is_told_when_the_model_is_built_and_again_when_it_is_served(string version)
    {
        var name = "openapi-" + version.Replace(".", "", StringComparison.Ordinal);
        var training = await TrainingProjectAsync(name, $"""<PackageReference Include="Microsoft.OpenApi" Version="{version}" />""");

        var output = await products.RunAsync(training, "dotnet", "run");

        Assert.Contains("warning ENVB014", output, StringComparison.Ordinal);
        Assert.Contains($"Microsoft.OpenApi {version}", output, StringComparison.Ordinal);
        var service = await products.NewAsync("envelope-service", "Collides", "--envelope", name);
        var (code, errors) = await products.TryRunAsync(service, "dotnet", "build");
        Assert.Equal(1, code);
        Assert.Contains("error ENVB014", errors, StringComparison.Ordinal);
        Assert.Contains($"Microsoft.OpenApi {version}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("NU1605", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_a_service_can_be_with_is_not_told()
    {
        var training = await TrainingProjectAsync(
            "openapi-fits", """<PackageReference Include="Microsoft.OpenApi" Version="2.13.0" />""");

        Assert.DoesNotContain("ENVB014", await products.RunAsync(training, "dotnet", "run"), StringComparison.Ordinal);

        var service = await products.NewAsync("envelope-service", "Fits", "--envelope", "openapi-fits");
        await products.RunAsync(service, "dotnet", "build");
    }

    [Fact]
    public async Task One_source_tree_built_in_two_folders_gives_one_envelope()
    {
        var digests = new List<string>();
        foreach (var folder in new[] { "a", "a-much-longer-folder/below-another" })
        {
            var training = await TrainingProjectAsync("two-folders", """<ProjectReference Include="../Library/Library.csproj" />""", folder);
            var library = Directory.CreateDirectory(Path.Combine(training, "..", "Library")).FullName;
            await File.WriteAllTextAsync(Path.Combine(library, "Library.csproj"), Project(""));
            await File.WriteAllTextAsync(
                Path.Combine(library, "Units.cs"),
                "namespace Library; public static class Units { public static int[] All => [1, 2, 3]; public static byte Half(byte x) => \"\\u0001\\u0002\"u8[x]; }");
            digests.Add((await products.RunAsync(training, "dotnet", "run")).Trim().Split('\n')[^1]);
        }

        Assert.StartsWith("two-folders@sha256:", digests[0], StringComparison.Ordinal);
        Assert.Equal(digests[0], digests[1]);
    }

    /// <summary>A training project that saves a model without state, under a name.</summary>
    private async Task<string> TrainingProjectAsync(string name, string references, string folder = "trained")
    {
        var project = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "platform", name, folder, "Train")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(project, "Train.csproj"),
            Project($"""<PackageReference Include="EnvelopeSdk" Version="{Version}" />{references}""", "<OutputType>Exe</OutputType>"));
        await File.WriteAllTextAsync(
            Path.Combine(project, "Program.cs"),
            $$"""
            using EnvelopeSdk;
            Console.WriteLine(await Envelope.SaveAsync(new Trained.Model([1.5, 2])));
            namespace Trained
            {
                [EnvelopeModel("{{name}}")]
                public sealed partial class Model(double[] weights)
                {
                    [Predict]
                    public double Predict(int index) => weights[index];
                }
            }
            """);
        return project;
    }

    private string Version => Path.GetFileNameWithoutExtension(
        Directory.EnumerateFiles(products.Workspace.Feed, "EnvelopeSdk.Templates.*.nupkg").Single())["EnvelopeSdk.Templates.".Length..];

    private static string Project(string items, string properties = "") =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
        </Project>
        """;
}
