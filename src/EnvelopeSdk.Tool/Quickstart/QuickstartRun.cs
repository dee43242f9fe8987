using System.Diagnostics;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>The steps of the quick start.</summary>
internal sealed class QuickstartRun(Workspace workspace, StepDisplay display)
{
    private const int Interrupted = 130;

    /// <summary>Runs them all.</summary>
    /// <param name="exit">Whether to end after the last step.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The exit code of the command.</returns>
    public async Task<int> RunAsync(bool exit, CancellationToken cancellation)
    {
        try
        {
            await PrepareAsync(cancellation);
            await TrainAsync(cancellation);
            using var served = await ServeAsync(cancellation);
            display.WriteTable();
            served.Announce();
            Console.WriteLine($"Store: {workspace.Store}");
            Console.WriteLine($"Packages: {workspace.Feed}");
            await using var deployed = await DeployAsync(cancellation);
            deployed?.Announce();
            if (!exit)
            {
                Console.WriteLine(workspace.IsKept ? "Press Ctrl-C to stop the service."
                    : "Press Ctrl-C to stop the service; store and packages go with it (--directory DIR keeps them).");
                await WaitForCtrlCAsync(served, deployed, cancellation);
            }

            return 0;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (StepException failure)
        {
            Console.WriteLine(failure.Output);
            await Console.Error.WriteLineAsync(
                $"error: {failure.Message} Its output is above. Mend what it says and run the quick start again; with "
                + "--directory DIR its projects are kept to look at.");
            return 1;
        }
    }

    /// <returns>What runs then; null: services do not run as processes here.</returns>
    private async Task<DeployedModel?> DeployAsync(CancellationToken cancellation)
    {
        Console.WriteLine();
        if (OperatingSystem.IsWindows())
        {
            Console.WriteLine("A registry does not run services as processes of Windows: the second step is left out.");
            return null;
        }

        Console.WriteLine("The second step: a registry deploys the model, and a better one in its place.");
        return await DeployedModel.RunAsync(workspace, StepDisplay.Create(), cancellation);
    }

    private static async Task WaitForCtrlCAsync(
        ServedModel served, DeployedModel? deployed, CancellationToken cancellation)
    {
        try
        {
            await await Task.WhenAny(
                served.Service.WaitAsync(cancellation),
                deployed?.Registry.WaitAsync(cancellation) ?? Task.Delay(Timeout.Infinite, cancellation));
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // Ctrl-C reaches the service too, which may end before the cancellation is seen here.
        await Task.Delay(500, CancellationToken.None);
        if (!cancellation.IsCancellationRequested)
        {
            throw new StepException(
                "The service or the registry ended by itself.", served.Service.Output + deployed?.Registry.Output);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        if (workspace.Repository is { } repository)
        {
            var filter = SolutionFilter.WriteShipped(repository, workspace.Root);
            await display.RunAsync("Pack the packages", line => ChildProcess.RunAsync(
                workspace.PackEnvironment, workspace.Root, line, cancellation, "dotnet", "pack", filter, "-c",
                "Release", "-o", workspace.Feed, "-p:RunAnalyzers=false")); // which take longer than the compiler
        }

        await display.RunAsync("Install the templates", line => DotnetAsync(
            workspace.Root, line, cancellation, "new", "install", FindTemplates(), "--debug:custom-hive",
            workspace.Hive));
    }

    private async Task TrainAsync(CancellationToken cancellation)
    {
        await display.RunAsync(
            "dotnet new envelope-model",
            line => NewAsync("envelope-model", workspace.TrainingProject, line, cancellation));
        await display.RunAsync(
            "Build the training program", line => DotnetAsync(workspace.TrainingProject, line, cancellation, "build"));
        await display.RunAsync(
            "Train, and save the envelope",
            line => DotnetAsync(workspace.TrainingProject, line, cancellation, "run", "--no-build"));
    }

    private async Task<ServedModel> ServeAsync(CancellationToken cancellation)
    {
        var saved = Stopwatch.StartNew();
        await display.RunAsync(
            "dotnet new envelope-service",
            line => NewAsync(
                "envelope-service", workspace.ServiceProject, line, cancellation, "--envelope", "diamond-price"));
        await display.RunAsync(
            "Build the service", line => DotnetAsync(workspace.ServiceProject, line, cancellation, "build"));

        ServedModel? served = null;
        try
        {
            await display.RunAsync(
                "Start the service", async _ => served = await ServedModel.StartAsync(workspace, cancellation));
            await display.RunAsync("Predict a row that training never saw", _ => served!.CompareAsync(cancellation));
            display.Add("From the saved envelope to the first answer", saved.Elapsed);
            return served!;
        }
        catch
        {
            served?.Dispose();
            throw;
        }
    }

    private Task NewAsync(
        string template, string project, Action<string> line, CancellationToken cancellation, params string[] more) =>
        DotnetAsync(
            workspace.Root,
            line,
            cancellation,
            ["new", template, "-o", project, "--debug:custom-hive", workspace.Hive, .. more]);

    private Task DotnetAsync(
        string directory, Action<string> line, CancellationToken cancellation, params string[] arguments) =>
        ChildProcess.RunAsync(workspace.Environment, directory, line, cancellation, ["dotnet", .. arguments]);

    private string FindTemplates() =>
        Directory.EnumerateFiles(workspace.Feed, "EnvelopeSdk.Templates.*.nupkg").FirstOrDefault()
        ?? throw new StepException($"There is no package EnvelopeSdk.Templates in '{workspace.Feed}'.", "");
}
