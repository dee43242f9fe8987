using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tool.Commands;
using EnvelopeSdk.Tool.Feeds;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>
/// A directory with a NuGet.Config that knows two feeds, the folder <c>local</c> and then <c>remote</c> over HTTP.
/// </summary>
internal sealed class FeedWorkspace : IDisposable
{
    private FeedReport? _report;

    public FeedWorkspace(string? credentials = null)
    {
        Feed = new TestFeed { Credentials = credentials };
        Folder = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "local-feed")).FullName;
        Configure();
    }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("feeds-").FullName;

    public TestFeed Feed { get; }

    public string Folder { get; }

    public string Configuration => Path.Combine(Directory, "NuGet.Config");

    public IReadOnlyList<PlatformPackage> Platform { get; set; } = [];

    /// <summary>Writes the configuration.</summary>
    /// <param name="more">More sections.</param>
    /// <param name="remote">The address of <c>remote</c>; that of <see cref="Feed"/> if absent.</param>
    /// <param name="attributes">Its attributes.</param>
    public void Configure(string more = "", string? remote = null, string attributes = "allowInsecureConnections='true'") =>
        File.WriteAllText(
            Configuration,
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="local" value="{Folder}" />
                <add key="remote" value="{remote ?? Feed.Address}" {attributes} />
              </packageSources>
              {more}
            </configuration>
            """);

    public FeedSettings Load(params string[] sources) => FeedSettings.Load(Directory, Configuration, sources);

    public async Task<FeedReport> RunAsync(params LockedPackage[] packages) =>
        _report = await FeedCheck.RunAsync(Lock(packages), Load(), _ => { }, CancellationToken.None);

    /// <summary>What is said of one package.</summary>
    public async Task<CheckedPackage> AskAsync(LockedPackage package) => (await RunAsync(package)).Packages.Single();

    /// <summary>The exit code for what was said last.</summary>
    public int ExitCode(params string[] failOn) => FeedOptions.ExitCode(_report!, failOn);

    public PackageLock Lock(params LockedPackage[] packages) => new()
    {
        Sdk = "10.0.100",
        TargetFramework = "net10.0",
        Packages = packages,
        Platform = Platform,
        Frameworks = [],
        Assemblies = [],
    };

    public void Dispose()
    {
        Feed.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
