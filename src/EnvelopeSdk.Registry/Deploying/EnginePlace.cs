using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Runtimes;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>
/// The directory of what is deployed, which nobody but its user may enter. One engine has it at a time: the system lets
/// it go when the engine's process ends, however that ends.
/// </summary>
internal sealed class EnginePlace(DeployingOptions options) : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private FileStream? _lock;

    /// <summary>Where it is.</summary>
    public string Name { get; } = Path.GetFullPath(options.Directory);

    /// <summary>
    /// By what configurations are of this place, once it is taken: not its path, which another machine may have too.
    /// </summary>
    public string Id { get; private set; } = "";

    /// <summary>Whether this engine has it.</summary>
    public bool IsTaken => _lock is not null;

    public string Builds => Path.Combine(Name, "builds");

    public SecretFolder Secrets { get; } = new(Path.Combine(Path.GetFullPath(options.Directory), "secrets"));

    /// <summary>The ids of the processes that have a folder.</summary>
    public IEnumerable<string> Instances() =>
        Directory.EnumerateDirectories(Path.Combine(Name, "instances")).Select(one => Path.GetFileName(one));

    public string InstanceOf(string id) => Path.Combine(Name, "instances", id);

    /// <summary>Takes it, unless another engine has it.</summary>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    public bool TryTake()
    {
        if (_lock is not null)
        {
            return true;
        }

        try
        {
            MakePrivate(Name);
            Array.ForEach(["builds", "instances", "secrets"], one => MakePrivate(Path.Combine(Name, one)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{Name}' cannot be written, where services are built and run: {failure.Message} Fix the permissions "
                + "there.",
                failure);
        }

        try
        {
            _lock = new(Path.Combine(Name, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Id = ReadId();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The id that was drawn when the place was taken first.</summary>
    private string ReadId()
    {
        var file = Path.Combine(Name, "id");
        if (!File.Exists(file))
        {
            PrivateFile.Write(file, Guid.NewGuid().ToString("N"));
        }

        return File.ReadAllText(file).Trim();
    }

    public void Dispose() => _lock?.Dispose();

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Own);
        }
    }
}
