using System.Diagnostics;
using EnvelopeSdk.Batch.Tests;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.PackageTests;

/// <summary>A Dask cluster of a scheduler and two workers, each a process of this machine, which ends with it.</summary>
internal sealed class DaskCluster : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly string _address;

    private DaskCluster(string address) => _address = address;

    public static async Task<DaskCluster> StartAsync(string directory)
    {
        var port = Ports.Free();
        var cluster = new DaskCluster($"tcp://127.0.0.1:{port}");
        cluster.Start("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", $"{port}", "--no-dashboard");
        foreach (var name in (string[])["one", "two"])
        {
            cluster.Start(
                "-m", "distributed.cli.dask_worker", cluster._address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
                "--no-dashboard", "--local-directory", Path.Combine(directory, name));
        }

        var ready = await cluster.Run(
            "-c", $"from distributed import Client; Client('{cluster._address}', timeout=60).wait_for_workers(2, timeout=60)");
        Assert.True(ready.Code == 0, ready.Output);
        return cluster;
    }

    /// <summary>Runs a program of Python with the address of the scheduler.</summary>
    public Task<(int Code, string Output)> Run(string program, params string[] arguments) => WaitAsync(
        Start([program, .. program == "-c" ? [] : (string[])["--scheduler", _address], .. arguments]));

    /// <summary>Kills one of the workers as soon as something holds.</summary>
    public async Task KillWorkerAsync(Func<bool> holds)
    {
        for (var i = 0; !holds() && i < 6000; i++)
        {
            await Task.Delay(10);
        }

        _processes[1].Kill();
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private Process Start(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(PythonFactAttribute.Python, arguments)
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _processes.Add(process);
        if (arguments[0] == "-m")
        {
            _ = WaitAsync(process); // what it says is of no use, and must not fill the pipe
        }

        return process;
    }

    private static async Task<(int Code, string Output)> WaitAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
