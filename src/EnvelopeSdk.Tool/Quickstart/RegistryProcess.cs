using System.Diagnostics;
using System.Text;
using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>
/// A registry on the store of the workspace, with its gateway, both on free ports of the loopback address. Disposing
/// ends it with all that it runs.
/// </summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _services;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RegistryProcess(Workspace workspace)
    {
        _services = workspace.Services;
        _process = ChildProcess.Start(
            workspace.Environment, workspace.Root, Observe,
            [
                .. OwnProgram.Command, "registry", "--urls", "http://127.0.0.1:0", "--no-advisories", "--deploy-in",
                _services, "--gateway-urls", FreePort.Address(),
            ]);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _address.TrySetException(new StepException("The registry ended.", Output));
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

    /// <summary>The address of its page, which lets in who opens it.</summary>
    public Uri Page => _address.Task.Result;

    /// <summary>Its address, as the store in use.</summary>
    public string Home => Page.GetLeftPart(UriPartial.Authority);

    /// <summary>Starts it and waits until it says where it is.</summary>
    public static async Task<RegistryProcess> StartAsync(Workspace workspace, CancellationToken cancellation)
    {
        var registry = new RegistryProcess(workspace);
        try
        {
            await registry._address.Task.WaitAsync(StartLimit, cancellation);
            return registry;
        }
        catch (TimeoutException)
        {
            await registry.DisposeAsync();
            throw new StepException("The registry does not say where it is.", registry.Output);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it ends by itself.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _process.WaitForExitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        await AbandonedPlace.EndAsync(_services, Path.Combine(_services, "gateway"));
    }

    private void Observe(string line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var printed) && printed.Scheme == Uri.UriSchemeHttp)
        {
            _address.TrySetResult(printed);
        }
    }
}
