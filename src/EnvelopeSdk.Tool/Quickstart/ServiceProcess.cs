using System.Diagnostics;
using System.Text;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>The generated service, running on a free port of the loopback address. Disposing ends it.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(IReadOnlyDictionary<string, string> environment, string program)
    {
        string[] command = Path.GetExtension(program) == ".dll" ? ["dotnet", program] : [program];
        _process = ChildProcess.Start(
            environment,
            Path.GetDirectoryName(program)!,
            Observe,
            [.. command, "--urls", "http://127.0.0.1:0"]);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new StepException("The service ended.", Output));
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the service and waits until its model is loaded.</summary>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="program">Its assembly, or a program that needs no .NET.</param>
    /// <param name="http">Asks whether it is ready.</param>
    /// <param name="cancellation">Ends the wait, and the service.</param>
    public static async Task<(ServiceProcess Service, Uri Address)> StartAsync(
        IReadOnlyDictionary<string, string> environment, string program, HttpClient http,
        CancellationToken cancellation)
    {
        var service = new ServiceProcess(environment, program);
        try
        {
            var address = await service._address.Task.WaitAsync(StartLimit, cancellation);
            var ready = new Uri(address, "health/ready");
            for (var watch = Stopwatch.StartNew(); !(await http.GetAsync(ready, cancellation)).IsSuccessStatusCode;)
            {
                if (watch.Elapsed > StartLimit)
                {
                    throw new StepException(
                        $"The service did not load its model within {StartLimit.TotalSeconds:0} seconds.",
                        service.Output);
                }

                await Task.Delay(10, cancellation);
            }

            return (service, address);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException)
        {
            service.Dispose();
            throw new StepException($"The service does not answer: {failure.Message}", service.Output);
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the service ends by itself.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Observe(string line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
