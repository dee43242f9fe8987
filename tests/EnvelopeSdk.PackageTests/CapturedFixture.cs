namespace EnvelopeSdk.PackageTests;

/// <summary>
/// Services of <c>Assets/Captured</c>, whose model answers with satellites, a native library, an assembly that is loaded by
/// its path and a switch of the run-time, on hosts of several cultures and time zones.
/// </summary>
public sealed class CapturedFixture(Products products) : IAsyncLifetime
{
    /// <summary>The hosts: what their environment says of language and zone.</summary>
    public static IReadOnlyList<(string Language, string Zone)> Hosts =>
        [("C", "UTC"), ("de_DE.UTF-8", "America/New_York"), ("tr_TR.UTF-8", "Asia/Kolkata")];

    /// <summary>Where a native library lies that most machines have: it lies beside the program under another name.</summary>
    private static readonly string[] Zlib =
        ["/lib/x86_64-linux-gnu/libz.so.1", "/usr/lib64/libz.so.1", "/lib/aarch64-linux-gnu/libz.so.1"];

    public IReadOnlyList<string> Files { get; private set; } = [];

    public string TrainedOnGermanHost { get; private set; } = "";

    public string TrainedInGerman { get; private set; } = "";

    internal List<RunningService> Invariant { get; } = [];

    internal List<RunningService> German { get; } = [];

    public async Task InitializeAsync()
    {
        var training = Path.Combine(CopiedAssets.Copy(products, "Captured"), "Grader");
        Directory.CreateDirectory(Path.Combine(training, "native"));
        File.Copy(Zlib.First(File.Exists), Path.Combine(training, "native", "libscore.so"));
        await products.RunAsync(training, "dotnet", "build");
        var program = Path.Combine("bin", "Debug", "net10.0", "Grader.dll");
        var german = new Dictionary<string, string>(products.Workspace.Environment) { ["LC_ALL"] = "de_DE.UTF-8" };
        TrainedOnGermanHost = await Products.RunAsync(german, training, "dotnet", program);
        TrainedInGerman = await Products.RunAsync(german, training, "dotnet", program, "de-DE");
        Files = [.. (await products.Store.OpenAsync("grader")).Files.Select(file => file.Path)];

        await ServeAsync("grader", Invariant);
        await ServeAsync("grader-de-de", German);
    }

    public Task DisposeAsync()
    {
        Invariant.Concat(German).ToList().ForEach(service => service.Dispose());
        return Task.CompletedTask;
    }

    private async Task ServeAsync(string envelope, List<RunningService> services)
    {
        var project = await products.NewAsync("envelope-service", "GraderService", "--envelope", envelope);
        await products.RunAsync(project, "dotnet", "build");
        foreach (var (language, zone) in Hosts)
        {
            services.Add(await RunningService.StartAsync(products, project, ("LC_ALL", language), ("TZ", zone)));
        }
    }

}
