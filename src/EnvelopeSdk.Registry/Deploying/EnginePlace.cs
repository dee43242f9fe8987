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

    /// <summary>Others may use what they know to be there, and cannot look what is.</summary>
    private const UnixFileMode Passable = Own | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string[] Known =
        ["builds", "homes", "instances", "secrets", "gateway", "gateway-process", "runs", "lock", "id", "lost+found"];

    private FileStream? _lock;
    private volatile bool _isTaken; // and all of it is known: others look while it is being taken

    /// <summary>Where it is.</summary>
    public string Name { get; } = Path.GetFullPath(options.Directory);

    /// <summary>
    /// By what configurations are of this place, once it is taken: not its path, which another machine may have too.
    /// </summary>
    public string Id { get; private set; } = "";

    /// <summary>Whether this engine has it.</summary>
    public bool IsTaken => _isTaken;

    /// <summary>As whom services are built and run; null: as the registry.</summary>
    public ServiceUser? User { get; } = ServiceUser.Find(options.RunAs);

    public string Builds => Path.Combine(Name, "builds");

    public SecretFolder Secrets { get; } = new(Path.Combine(Path.GetFullPath(options.Directory), "secrets"));

    /// <summary>The ids of the processes that have a folder.</summary>
    public IEnumerable<string> Instances() =>
        Directory.EnumerateDirectories(Path.Combine(Name, "instances")).Select(one => Path.GetFileName(one));

    /// <summary>The directory of a program's own files: of a service by its id, of builds by their name.</summary>
    public string HomeOf(string id) => Path.Combine(Name, "homes", id);

    /// <summary>Makes it, if it is not there.</summary>
    public string MakeHome(string id)
    {
        var home = HomeOf(id);
        if (!Directory.Exists(home))
        {
            Make(home, Own);
            User?.Give(home);
        }

        return home;
    }

    public void RemoveHome(string id)
    {
        if (User is not null)
        {
            ServiceUser.Remove(HomeOf(id)); // others may write in it
        }
        else if (Directory.Exists(HomeOf(id)))
        {
            Directory.Delete(HomeOf(id), recursive: true);
        }
    }

    public string InstanceOf(string id) => Path.Combine(Name, "instances", id);

    /// <summary>The folder of an attempt of a run.</summary>
    public string RunOf(long run, int attempt) => RunOf($"{run}-{attempt}");

    public string RunOf(string attempt) => Path.Combine(Name, "runs", attempt);

    /// <summary>The attempts of runs that have a folder.</summary>
    public IEnumerable<string> Runs() =>
        Directory.EnumerateDirectories(Path.Combine(Name, "runs")).Select(one => Path.GetFileName(one));

    /// <summary>The ids of the programs that have a directory of their own.</summary>
    public IEnumerable<string> Homes() =>
        Directory.EnumerateDirectories(Path.Combine(Name, "homes")).Select(one => Path.GetFileName(one));

    /// <summary>Takes it, unless another engine has it.</summary>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    public bool TryTake()
    {
        if (_isTaken)
        {
            return true;
        }

        try
        {
            EnsureNothingElse();
            Directory.CreateDirectory(Name);
            if (!TryLock())
            {
                return false;
            }

            Prepare();
            Id = ReadId();
            _isTaken = true;
            return true;
        }
        catch (EnvelopeException)
        {
            LetGo();
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LetGo();
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{Name}' cannot be written, where services are built and run: {failure.Message} Fix the permissions "
                + "there.",
                failure);
        }
    }

    /// <summary>It gets other rights than a directory of something else could have.</summary>
    private void EnsureNothingElse()
    {
        if (Directory.Exists(Name)
            && Directory.EnumerateFileSystemEntries(Name).FirstOrDefault(one => !Known.Contains(Path.GetFileName(one)))
                is { } other)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{Name}' is to be the directory of services, and has something else in it: "
                + $"'{Path.GetFileName(other)}'. Name an empty directory, or one that is not there yet (--deploy-in).");
        }
    }

    private bool TryLock()
    {
        try
        {
            _lock = new(Path.Combine(Name, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Makes what is in it, with the rights that it has to have now: it may have had others.</summary>
    private void Prepare()
    {
        Make(Name, Shared);
        Array.ForEach(["builds", "homes"], one => Make(Path.Combine(Name, one), Shared));
        Array.ForEach(["instances", "runs", "secrets"], one => Make(Path.Combine(Name, one), Own));
        if (User is null)
        {
            return;
        }

        User.EnsureMayUse(
            Builds, "Let everybody pass through the directories above it (chmod a+x), or let services be somewhere "
            + "else, outside of the store (--deploy-in).");
        User.EnsureMayUse(DotnetHost.Path, "Install .NET where all users have it.");
        Array.ForEach(Directory.GetDirectories(Path.Combine(Name, "homes")), User.Give);
    }

    private void LetGo()
    {
        _isTaken = false;
        _lock?.Dispose();
        _lock = null;
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

    private UnixFileMode Shared => User is null ? Own : Passable;

    /// <summary>Makes a directory in which programs of services and builds have theirs.</summary>
    public void MakeShared(string path) => Make(path, Shared);

    private static void Make(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, mode);
            File.SetUnixFileMode(path, mode); // it may have been there, with another user of services
        }
    }
}
