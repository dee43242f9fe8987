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

        var (id, group) = (Ask("id", "-u", name), Ask("id", "-g", name));
        return id is "" or "0" || group.Length == 0
            ? throw Refuse(name, id == "0" ? "that is root" : "there is no such user")
            : new(name, id, group);
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
    public void Give(string directory) => Ask("chown", "--recursive", "--no-dereference", $"{_id}:{_group}", directory);

    /// <summary>Removes a directory with this user's own rights, so that links in it lead to no more.</summary>
    public void Remove(string directory) => Ask(Command("rm", "-rf", directory));

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
    public async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        using var process = Start(Command("tar", "-C", from, "--dereference", "-cf", "-", "."));
        await using (var tar = new TarReader(process.StandardOutput.BaseStream))
        {
            while (await tar.GetNextEntryAsync(false, cancellationToken) is { } entry)
            {
                var path = Path.GetFullPath(Path.Combine(to, entry.Name));
                if (entry.EntryType == TarEntryType.Directory)
                {
                    Directory.CreateDirectory(path);
                    SetMode(path, Enterable);
                }
                else if (path.StartsWith(to + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken);
                    SetMode(path, (entry.Mode & Enterable) == 0 ? default : Enterable);
                }
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new IOException($"What '{Name}' has built in '{from}' cannot be read.");
        }
    }

    private bool MayUse(string path)
    {
        using var process = Start(Command("test", "-x", path));
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void SetMode(string path, UnixFileMode more)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Readable | more);
        }
    }

    private static string Ask(params string[] command)
    {
        using var process = Start(command);
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : "";
    }

    private static Process Start(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
    })!;

    private static EnvelopeException Refuse(string name, string reason) =>
        new(EnvelopeError.Invalid, $"Services cannot run as '{name}': {reason}. {Cure}");
}
