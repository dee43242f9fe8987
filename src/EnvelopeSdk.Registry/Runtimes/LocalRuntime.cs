using EnvelopeSdk.Registry.Deploying;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>What runs services as processes of this machine: of their own, or of what runs containers.</summary>
internal abstract class LocalRuntime(EnginePlace place, FreePorts ports) : IServiceRuntime
{
    protected EnginePlace Place { get; } = place;

    public abstract string Name { get; }

    public abstract string? Lack { get; }

    public TimeSpan Delivery => TimeSpan.Zero;

    public IReadOnlyList<string> NewAddresses(DeploymentRow deployment, int count) => ports.Find(count);

    public virtual Task PrepareAsync(string build, CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task DiscardAsync(string build, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(ServiceStart start, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Place.InstanceOf(start.Instance.Id));
        await StartAsync(ProcessOf(start.Instance), start, cancellationToken);
    }

    public ValueTask<bool?> IsRunningAsync(Instance instance, CancellationToken cancellationToken) =>
        new(ProcessOf(instance).IsRunning);

    public bool IsComplete(Instance instance) => true;

    public virtual long? MemoryOf(Instance instance) => ProcessOf(instance).Memory;

    public virtual Task StopAsync(Instance instance, TimeSpan patience, CancellationToken cancellationToken) =>
        ProcessOf(instance).StopAsync(patience, cancellationToken);

    public void Forget(Instance instance) => ProcessOf(instance).Forget();

    public void Remove(Instance instance)
    {
        Place.RemoveHome(instance.Id);
        if (Directory.Exists(Place.InstanceOf(instance.Id)))
        {
            Directory.Delete(Place.InstanceOf(instance.Id), recursive: true);
        }
    }

    public void RotateLog(Instance instance) => LogFiles.Rotate(ProcessOf(instance).LogFile);

    public void Note(Instance instance, string text)
    {
        Directory.CreateDirectory(Place.InstanceOf(instance.Id));
        File.AppendAllText(ProcessOf(instance).LogFile, text + "\n");
    }

    public ValueTask<string> LogEndAsync(Instance instance, int lines, CancellationToken cancellationToken) =>
        new(LogFiles.End(ProcessOf(instance).LogFile, lines));

    protected abstract Task StartAsync(
        DetachedProcess process, ServiceStart start, CancellationToken cancellationToken);

    /// <summary>The variables that a service gets from its configuration, and those that say where it is.</summary>
    /// <exception cref="EnvelopeException">A secret is missing.</exception>
    protected Dictionary<string, string> VariablesOf(ServiceStart start)
    {
        var variables = new Dictionary<string, string>(start.Settings.Environment);
        foreach (var (variable, secret) in start.Settings.Secrets)
        {
            variables[variable] = Place.Secrets.Read(start.Deployment.Configuration, secret);
        }

        variables["Envelope__PathBase"] = "/" + start.Deployment.Configuration;
        variables["ASPNETCORE_URLS"] = start.Instance.Address;
        variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        return variables;
    }

    private DetachedProcess ProcessOf(Instance instance) => new(Place.InstanceOf(instance.Id), instance.Id);
}
