using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// As whom code of envelopes is built and run: another user than that of the registry, who can read neither its files
/// nor what the system says of its process.
/// </summary>
internal sealed class ServiceUser
{
    private const string Cure =
        "Name one that is there and has no other use, start the registry as root, or leave --run-as out.";

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Enterable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Variables that name places of the registry's user.</summary>
    private static readonly string[] Foreign =
        ["TMPDIR", "NUGET_PACKAGES", "NUGET_HTTP_CACHE_PATH", "DOTNET_CLI_HOME", "DOCKER_CONFIG"];

    private readonly string _id;
    private readonly string _group;

    private ServiceUser(string name, string id, string group) => (Name, _id, _group) = (name, id, group);

    public string Name { get; }

    /// <summary>Finds a user.</summary>
    /// <param name="name">The name; null: services run as the user of the registry.</param>
    /// <exception cref="EnvelopeException">There is none, or the registry may not run programs as another.</exception>
    public static ServiceUser? Find(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            throw Refuse(name, "the registry is not root on Linux, and so cannot run programs as another");
        }

        var (id, group) = (Ask("id", "-u", name).Said, Ask("id", "-g", name).Said);
        if (id is "" or "0" || group.Length == 0)
        {
            throw Refuse(name, id == "0" ? "that is root" : "there is no such user");
        }

        var user = new ServiceUser(name, id, group);
        var (can, _, trouble) = Ask(user.Command("true"));
        return can ? user : throw Refuse(name, $"'setpriv' fails ({trouble})");
    }

    /// <summary>A command that runs another as this user, without rights of the kernel and ways to any.</summary>
    public string[] Command(params IEnumerable<string> command) =>
    [
        "setpriv", "--reuid", _id, "--regid", _group, "--clear-groups", "--no-new-privs", "--inh-caps=-all",
        "--bounding-set=-all", "--", .. command,
    ];

    /// <summary>The variables of a program that this user runs, without those that name places of another's.</summary>
    public static Dictionary<string, string> Without(Dictionary<string, string> environment)
    {
        Array.ForEach(Foreign, name => environment.Remove(name));
        return environment;
    }

    /// <summary>
    /// Makes a directory this user's own, with all that is in it, while no program of the user runs there.
    /// </summary>
    /// <exception cref="IOException">The system does not.</exception>
    public void Give(string directory)
    {
        var (isDone, _, trouble) = Ask("chown", "--recursive", "--no-dereference", $"{_id}:{_group}", directory);
        if (!isDone)
        {
            throw new IOException($"'{directory}' cannot be given to '{Name}': {trouble}");
        }
    }

    /// <summary>
    /// Removes a directory in which programs of this user may write meanwhile: it is gone through by descriptors, so
    /// that no link leads elsewhere.
    /// </summary>
    public static void Remove(string directory) => Ask("rm", "--recursive", "--force", "--one-file-system", directory);

    /// <summary>Whether this user may come into a directory, or run a program.</summary>
    public bool MayUse(string path) => Ask(Command("test", "-x", path)).IsDone;

    /// <exception cref="EnvelopeException">This user cannot run a program, or come into a directory.</exception>
    public void EnsureMayUse(string path, string cure)
    {
        if (!MayUse(path))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"The user '{Name}', as whom services run, cannot come to '{path}'. {cure}");
        }
    }

    /// <summary>Makes a directory to which nobody else may come, or sees that this user may not.</summary>
    /// <exception cref="EnvelopeException">This user may.</exception>
    public void ShutOutOf(string directory)
    {
        if (!Directory.Exists(directory) && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(
                directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (MayUse(directory))
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The user '{Name}', as whom services run, may come into '{directory}', where the registry's files "
                + "are. Keep others out (chmod 700), and let services be somewhere else (--deploy-in).");
        }
    }

    /// <summary>
    /// Copies what this user has made to where it cannot change it. It is read with the user's own rights, so that a
    /// link leads to nothing that is not for the user.
    /// </summary>
    /// <exception cref="EnvelopeException">It cannot be read, or has more than files and directories.</exception>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var process = Start(
            Command("tar", "-C", from, "--dereference", "--hard-dereference", "-cf", "-", "."));
        var trouble = process.StandardError.ReadToEndAsync(cancellationToken);
        await using (var tar = new TarReader(process.StandardOutput.BaseStream))
        {
            while (await tar.GetNextEntryAsync(false, cancellationToken) is { } entry)
            {
                await TakeAsync(entry, to, cancellationToken);
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"What '{Name}' has built cannot be read: {FirstLine(await trouble)}");
        }
    }

    /// <summary>Whether this user can read a file, which is no link.</summary>
    public bool HasFile(string path) => Ask(Command("test", "-f", path, "-a", "-r", path, "-a", "!", "-L", path)).IsDone;

    /// <summary>Copies a file of this user's, with the user's own rights.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task CopyFileAsync(string path, Stream to, CancellationToken cancellationToken)
    {
        using var process = Start(Command("cat", "--", path));
        try
        {
            var trouble = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.BaseStream.CopyToAsync(to, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new IOException($"'{path}' cannot be read by '{Name}': {FirstLine(await trouble)}");
            }
        }
        finally
        {
            process.Kill(); // nobody reads on
        }
    }

    private static async Task TakeAsync(TarEntry entry, string to, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(to, entry.Name)).TrimEnd(Path.DirectorySeparatorChar);
        var isWithin = path == to || path.StartsWith(to + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory when isWithin:
                Directory.CreateDirectory(path);
                SetMode(path, Enterable);
                break;

            case TarEntryType.RegularFile or TarEntryType.V7RegularFile when isWithin:
                await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken);
                SetMode(path, (entry.Mode & Enterable) == 0 ? default : Enterable);
                break;

            default:
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"The build made '{entry.Name}', which is neither a file nor a directory ({entry.EntryType}).");
        }
    }

    private static void SetMode(string path, UnixFileMode more)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Readable | more);
        }
    }

    /// <summary>Runs a command, and waits for its end.</summary>
    public static (bool IsDone, string Said, string Trouble) Ask(params string[] command)
    {
        using var process = Start(command);
        var trouble = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode == 0, process.ExitCode == 0 ? said : "", FirstLine(trouble.Result));
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    /// <summary>Starts a program, which gets of the registry's environment what is for everybody.</summary>
    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in Without(CleanEnvironment.Of(user: null)))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{command[0]}' cannot be run: {failure.Message} Install it (it is of coreutils, util-linux or tar), "
                + "or leave --run-as out.",
                failure);
        }
    }

    private static EnvelopeException Refuse(string name, string reason) =>
        new(EnvelopeError.Invalid, $"Services cannot run as '{name}': {reason}. {Cure}");
}
