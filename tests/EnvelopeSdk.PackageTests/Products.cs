using System.Globalization;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>Packages packed from this tree, the templates installed from them, and one trained model: made once for all tests.</summary>
public sealed class Products : IAsyncLifetime
{
    private Workspace? _workspace;

    /// <summary>What the training program predicted for the rows that it held out, in its order.</summary>
    public IReadOnlyList<PredictionExample> HeldOut { get; private set; } = [];

    /// <summary>What the training program printed.</summary>
    public string TrainingOutput { get; private set; } = "";

    /// <summary>What the model of a library, saved and loaded in its training program, answered for its first example.</summary>
    public string LoanAnswer { get; private set; } = "";

    public IEnvelopeStore Store => EnvelopeStore.Open(Workspace.Environment["ENVELOPE_HOME"]);

    internal Workspace Workspace => _workspace ?? throw new InvalidOperationException("The fixture is not initialized.");

    public async Task InitializeAsync()
    {
        var root = Path.Combine(Path.GetTempPath(), "envelope-package-tests-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        _workspace = Workspace.Create(root, source: null);
        await RunWithUsualCacheAsync(root, "dotnet", "pack", SolutionFilter.WriteShipped(Workspace.Repository!, root), "-c", "Release", "-o", Workspace.Feed, "-p:RunAnalyzers=false");
        var templates = Directory.EnumerateFiles(Workspace.Feed, "EnvelopeSdk.Templates.*.nupkg").Single();
        await RunAsync(root, "dotnet", "new", "install", templates, "--debug:custom-hive", Workspace.Hive);
        await TrainAsync();
        LoanAnswer = await Loans.TrainAsync(this);
    }

    public Task DisposeAsync()
    {
        CompilerServer.Stop();
        Directory.Delete(Workspace.Root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Makes a project in a new directory of its own.</summary>
    /// <returns>The project's directory.</returns>
    public Task<string> NewAsync(string template, string name, params string[] more) =>
        NewAsync(Workspace, template, name, more);

    /// <summary>The same with the templates of another workspace.</summary>
    internal static async Task<string> NewAsync(Workspace workspace, string template, string name, params string[] more)
    {
        var directory = Path.Combine(workspace.Root, "projects", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        var parent = Directory.CreateDirectory(directory).FullName;
        await RunAsync(workspace, parent, ["dotnet", "new", template, "-n", name, "--debug:custom-hive", workspace.Hive, .. more]);
        return Path.Combine(parent, name);
    }

    /// <summary>Runs a program that is expected to succeed, with the packages of another workspace.</summary>
    internal static Task<string> RunAsync(Workspace workspace, string directory, params string[] command) =>
        RunAsync(workspace.Environment, directory, command);

    /// <summary>Runs a program that is expected to succeed.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(string directory, params string[] command) => RunAsync(Workspace.Environment, directory, command);

    /// <summary>
    /// Runs a program that packs this tree. It must restore with the package cache that the tree was restored with: another
    /// one would be written into the tree's <c>obj</c> directories, under whatever is being built there.
    /// </summary>
    public Task<string> RunWithUsualCacheAsync(string directory, params string[] command) => RunAsync(Workspace.PackEnvironment, directory, command);

    /// <summary>Runs a program.</summary>
    public Task<(int Code, string Output)> TryRunAsync(string directory, params string[] command) =>
        TryRunAsync(Workspace.Environment, directory, command);

    internal static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, string directory, params string[] command)
    {
        var (code, output) = await TryRunAsync(environment, directory, command);
        Assert.True(code == 0, $"{string.Join(' ', command)} ended with {code}:\n{output}");
        return output;
    }

    private static async Task<(int Code, string Output)> TryRunAsync(
        IReadOnlyDictionary<string, string> environment, string directory, params string[] command)
    {
        var lines = new List<string>();
        void Keep(string line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }

        try
        {
            await ChildProcess.RunAsync(CompilerServer.Of(environment), directory, Keep, CancellationToken.None, command);
            return (0, string.Join('\n', lines));
        }
        catch (StepException failure)
        {
            return (1, failure.Output);
        }
    }

    /// <summary>Trains in a git work tree whose state is committed, so that the provenance can be checked.</summary>
    private async Task TrainAsync()
    {
        var project = await NewAsync("envelope-model", "DiamondPrice");
        await RunAsync(project, "git", "init", "--quiet");
        await RunAsync(project, "git", "add", ".");
        await RunAsync(project, "git", "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "Train");
        TrainingOutput = await RunAsync(project, "dotnet", "run");
        HeldOut = HeldOutRows.Read(Path.Combine(project, "holdout.jsonl"));
    }
}

[CollectionDefinition(Name)]
public sealed class ProductsCollection : ICollectionFixture<Products>
{
    public const string Name = "Products";
}
