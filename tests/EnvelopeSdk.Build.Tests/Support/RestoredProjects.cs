using System.Diagnostics;

namespace EnvelopeSdk.Build.Tests.Support;

/// <summary>Small projects that were really restored, from packages that are there for them alone.</summary>
public sealed class RestoredProjects : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("envelope-build-test-");

    public RestoredProjects()
    {
        var feed = new LocalFeed(At("feed"));
        feed.Add("Direct", "1.0.0", ("Middle", "[2.0.0-beta.1]"));
        feed.Add("Middle", "2.0.0-beta.1", ("Leaf", "1.0.0"));
        feed.Add("Leaf", "1.0.0");
        feed.Add("Tool", "3.0.0", ("ToolOnly", "1.0.0"), ("Leaf", "1.0.0"));
        feed.Add("ToolOnly", "1.0.0");
        feed.Add("OfLibrary", "1.0.0", ("BelowLibrary", "4.5.6"));
        feed.Add("BelowLibrary", "4.5.6");
        feed.AddRunning("Kept", "1.0.0", ("BelowKept", "1.0.0"), ("Tool", "3.0.0"));
        feed.AddRunning("BelowKept", "1.0.0");
        feed.AddRunning("xunit.assert", "2.9.3");
        feed.AddRunning("xunitarian", "1.0.0");
        feed.Add("Framework", "1.0.0", ("Shared", "1.0.0"), ("Equal", "1.0.0"));
        feed.Add("EnvelopeSdk.Room", "1.0.0", ("Framework", "1.0.0"), ("Shared", "1.5.0"), ("Equal", "1.0.0"));
        feed.Add("Shared", "1.0.0");
        feed.Add("Shared", "1.5.0");
        feed.Add("Equal", "1.0.0");
        File.WriteAllText(At("nuget.config"), """
            <configuration>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="packages" /></config>
            </configuration>
            """);
        Write("Library", "net10.0", """<PackageReference Include="OfLibrary" Version="1.0.0" />""");
        Write("App", "net10.0", """
            <PackageReference Include="direct" Version="1.0.0" />
            <PackageReference Include="Tool" Version="3.0.0" PrivateAssets="all" />
            <ProjectReference Include="../Library/Library.csproj" />
            """);
        Write("Windows", "net10.0-windows", """<PackageReference Include="Leaf" Version="1.0.0" />""");
        Write("WithRoom", "net10.0", """<PackageReference Include="EnvelopeSdk.Room" Version="1.0.0" />""");
        Write("WithRoomAndShared", "net10.0", """
            <PackageReference Include="EnvelopeSdk.Room" Version="1.0.0" />
            <PackageReference Include="Shared" Version="1.5.0" />
            """);
        Write("Keeps", "net10.0", """
            <PackageReference Include="Kept" Version="1.0.0" PrivateAssets="all" />
            <PackageReference Include="xunit.assert" Version="2.9.3" />
            <PackageReference Include="xunitarian" Version="1.0.0" />
            """);
        Restore("Keeps");
        Restore("App");
        Restore("WithRoom");
        Restore("WithRoomAndShared");
        Restore("Windows");
    }

    public string At(string path) => Path.Combine(_root.FullName, path);

    public string Assets(string project) => At($"{project}/obj/project.assets.json");

    public void Dispose() => _root.Delete(recursive: true);

    private void Write(string project, string framework, string references)
    {
        Directory.CreateDirectory(At(project));
        File.WriteAllText(At($"{project}/{project}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <EnableWindowsTargeting>true</EnableWindowsTargeting>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """);
    }

    private void Restore(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", At(project), "--disable-build-servers"]) { RedirectStandardOutput = true };

        // The test host's own variables would be taken for those of the build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name == "NUGET_PACKAGES").ToList())
        {
            start.Environment.Remove(name);
        }

        using var restore = Process.Start(start)!;
        var output = restore.StandardOutput.ReadToEnd();
        restore.WaitForExit();
        Assert.True(restore.ExitCode == 0, output);
    }
}

[CollectionDefinition(nameof(RestoredProjects))]
public sealed class WithRestoredProjects : ICollectionFixture<RestoredProjects>;
