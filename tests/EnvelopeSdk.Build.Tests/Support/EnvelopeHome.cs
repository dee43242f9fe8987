using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EnvelopeSdk.Build.Tests.Support;

/// <summary>A service project and the default store, which an environment variable names: tests with one do not run at once.</summary>
internal sealed class EnvelopeHome : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("envelope-build-test-");
    private readonly string? _before = Environment.GetEnvironmentVariable("ENVELOPE_HOME");

    public EnvelopeHome()
    {
        Environment.SetEnvironmentVariable("ENVELOPE_HOME", At("store"));
        Directory.CreateDirectory(At("Service"));
        File.WriteAllText(At("Service/Service.csproj"), "<Project>\n  <ItemGroup>\n    <Envelope Include=\"distance\" />\n  </ItemGroup>\n</Project>\n");
    }

    public string UnpackDirectory => At("Service/obj/envelope");

    public string At(string path) => Path.Combine(_root.FullName, path);

    public static Task<EnvelopeReference> SaveAsync(double scale = 2) => Envelope.SaveAsync(new Distance(scale));

    /// <summary>A task that demands a signature by one of some keys.</summary>
    public ResolveEnvelope ResolveTrusting(string reference, params string[] keys)
    {
        var task = Resolve(reference);
        task.TrustedKeys = [.. keys.Select(key => (ITaskItem)new TaskItem(key))];
        return task;
    }

    public ResolveEnvelope Resolve(params string[] references) => new()
    {
        ProjectFile = At("Service/Service.csproj"),
        ProjectDirectory = At("Service"),
        AssemblyName = "Service",
        UnpackDirectory = UnpackDirectory,
        Envelopes = [.. references.Select(reference => (ITaskItem)new TaskItem(reference))],
    };

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("ENVELOPE_HOME", _before);
        _root.Delete(recursive: true);
    }
}
