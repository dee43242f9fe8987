namespace EnvelopeSdk.PackageTests;

/// <summary>Projects that use the packages in other ways than the templates do.</summary>
[Collection(ProductsCollection.Name)]
public sealed class ProjectKindTests(Products products)
{
    private const string Model = """
        namespace Lent;

        /// <summary>Adds.</summary>
        [EnvelopeSdk.EnvelopeModel("lent")]
        public sealed partial class Adder(int by)
        {
            /// <summary>Adds.</summary>
            [EnvelopeSdk.Predict]
            public int Add(int x) => x + by;
        }
        """;

    [Theory]
    [InlineData("fsproj", "Program.fs", "printfn \"done\"", "F#")]
    [InlineData("vbproj", "Program.vb", "Module Program\n    Sub Main()\n    End Sub\nEnd Module", "VB")]
    public async Task A_project_in_another_language_is_told_what_to_do(string extension, string file, string code, string language)
    {
        var project = Project($"Train.{extension}", Package(), extension == "fsproj" ? "<Compile Include=\"Program.fs\" />" : "");
        await File.WriteAllTextAsync(Path.Combine(project, file), code);
        var (result, output) = await products.TryRunAsync(project, "dotnet", "build");

        Assert.NotEqual(0, result);
        Assert.Contains($"error ENVB015: EnvelopeSdk writes C# code for a model, and this project is written in {language}.", output, StringComparison.Ordinal);

        Assert.Equal(0, (await products.TryRunAsync(project, "dotnet", "build", "-p:EnvelopeCapture=false")).Code);
    }

    [Fact]
    public async Task A_project_that_gets_the_package_through_another_one_saves_its_models()
    {
        var library = Project("Shared.csproj", Package(), "");
        await File.WriteAllTextAsync(Path.Combine(library, "Shared.cs"), "public class Shared;");
        var project = Project("Train.csproj", $"<ProjectReference Include=\"{Path.Combine(library, "Shared.csproj")}\" />", "");
        await File.WriteAllTextAsync(Path.Combine(project, "Adder.cs"), Model);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), "System.Console.WriteLine(await EnvelopeSdk.Envelope.SaveAsync(new Lent.Adder(1)));");

        Assert.Contains("lent@sha256:", await products.RunAsync(project, "dotnet", "run"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_solution_of_a_training_project_and_a_service_restores_before_there_is_an_envelope()
    {
        var training = Project("Train.csproj", Package(), "");
        await File.WriteAllTextAsync(Path.Combine(training, "Adder.cs"), Model.Replace("\"lent\"", "\"never-saved\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(training, "Program.cs"), "System.Console.WriteLine(await EnvelopeSdk.Envelope.SaveAsync(new Lent.Adder(1)));");
        var service = await products.NewAsync("envelope-service", "NeverService", "--envelope", "never-saved");
        var solution = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "solution-" + Guid.NewGuid().ToString("N"))).FullName;
        await products.RunAsync(solution, "dotnet", "new", "sln", "-n", "All");
        await products.RunAsync(solution, "dotnet", "sln", "add", training, service);

        await products.RunAsync(solution, "dotnet", "restore");
        var (code, output) = await products.TryRunAsync(solution, "dotnet", "build");
        Assert.NotEqual(0, code);
        Assert.Contains("error ENVB001: There is no envelope 'never-saved'", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(training, "bin", "Debug", "net10.0", "Train.dll")), output);

        await products.RunAsync(training, "dotnet", "run");
        await products.RunAsync(solution, "dotnet", "build");
    }

    [Fact]
    public async Task A_service_project_needs_no_code()
    {
        var service = await products.NewAsync("envelope-service", "BareService", "--envelope", "loan");
        foreach (var file in Directory.EnumerateFiles(service).Where(file => !file.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        await products.RunAsync(service, "dotnet", "build");
        using var running = await RunningService.StartAsync(products, service);
        Assert.Contains("\"loan\"", await running.Http.GetStringAsync(new Uri("envelope", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_is_built_whatever_version_of_the_language_its_repository_sets()
    {
        var service = await products.NewAsync("envelope-service", "OldService", "--envelope", "loan");
        var project = Path.Combine(service, "OldService.csproj");
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", "<PropertyGroup><LangVersion>11.0</LangVersion></PropertyGroup></Project>", StringComparison.Ordinal));

        await products.RunAsync(service, "dotnet", "build");
    }

    [Fact]
    public async Task A_training_project_in_an_older_version_of_the_language_gets_one_error()
    {
        var project = Project("Train.csproj", Package(), "");
        await File.WriteAllTextAsync(Path.Combine(project, "Directory.Build.targets"), "<Project><PropertyGroup><LangVersion>11</LangVersion></PropertyGroup></Project>");
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), "using EnvelopeSdk;\nSystem.Console.WriteLine(new Adder().Add(1));\n[EnvelopeModel(\"old\")] public sealed partial class Adder { [Predict] public int Add(int x) => x; }");
        var (result, output) = await products.TryRunAsync(project, "dotnet", "build");

        Assert.NotEqual(0, result);
        Assert.Contains("error ENV0028: 'Adder' is compiled as C# 11.0", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }

    private static string Package() => $"<PackageReference Include=\"EnvelopeSdk\" Version=\"{CopiedAssets.Version}\" />";

    /// <summary>Writes a project into a new directory.</summary>
    private string Project(string file, string references, string items)
    {
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "kinds", Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllText(Path.Combine(directory, file), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>{(file.StartsWith("Shared", StringComparison.Ordinal) ? "Library" : "Exe")}</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                {references}
                {items}
              </ItemGroup>
            </Project>
            """);
        return directory;
    }
}
