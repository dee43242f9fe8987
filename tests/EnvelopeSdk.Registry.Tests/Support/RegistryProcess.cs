using System.Diagnostics;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A <see cref="RegistryProgram"/> in a process of its own.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private RegistryProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public string Address { get; private set; } = "";

    public bool IsKilled { get; private set; }

    /// <param name="connection">The database.</param>
    /// <param name="blobs">Where content lies.</param>
    /// <param name="user">A directory of its own.</param>
    /// <param name="environment">What its environment has besides; null: nothing.</param>
    public static Task<RegistryProcess> StartAsync(
        string connection, string blobs, string user, IReadOnlyDictionary<string, string>? environment = null) =>
        StartAsync([connection, blobs, user], environment);

    /// <param name="arguments">What <see cref="RegistryProgram"/> is told.</param>
    /// <param name="environment">What its environment has besides; null: nothing.</param>
    public static async Task<RegistryProcess> StartAsync(
        string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["exec", typeof(RegistryProgram).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var started = new RegistryProcess(Process.Start(start)!);
        started.Address = await started._process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(await started._errors);
        _ = started._process.StandardOutput.ReadToEndAsync();
        return started;
    }

    public async Task KillAsync()
    {
        IsKilled = true;
        _process.Kill(); // SIGKILL
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!IsKilled)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
