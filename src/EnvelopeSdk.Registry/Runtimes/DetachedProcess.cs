using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// A process that goes on when the registry ends: in a session of its own, which Ctrl-C of a terminal does not reach,
/// with its output in a file. It writes its id into a file before it becomes the program, and only if there is none:
/// so it is known from its first moment on, whoever started it, and there are never two.
/// </summary>
/// <param name="directory">Where its files are.</param>
/// <param name="mark">A text of its command line by which it is known, since ids are used again.</param>
internal sealed class DetachedProcess(string directory, string mark)
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int Attempts = 50;

    /// <summary>The variable by which what it has started is known when it is gone itself.</summary>
    private const string Variable = "ENVELOPE_PROCESS";

    /// <summary>Becomes the program, unless another has been faster. Its arguments: id file, log, program...</summary>
    private const string Script =
        """
        set -C; echo $$ > "$1" || exit 0; set +C
        exec >> "$2" 2>&1 < /dev/null; shift 2; exec "$@"
        """;

    /// <summary>How old an empty id file is whose writer must have died.</summary>
    private static readonly TimeSpan Torn = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly string _idFile = Path.Combine(directory, "pid");

    public string LogFile { get; } = Path.Combine(directory, "log");

    /// <summary>Whether it runs; null: it was not started.</summary>
    public bool? IsRunning => !File.Exists(_idFile) ? null : ReadId() is { } id ? IsOurs(id) : !IsTorn();

    /// <summary>How many bytes of memory it has; null when it does not run.</summary>
    public long? Memory
    {
        get
        {
            try
            {
                return ReadId() is { } id && IsOurs(id) ? Process.GetProcessById(id).WorkingSet64 : null;
            }
            catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Starts it, unless it was started. It gets the variables that are given, and one by which it is known.
    /// </summary>
    /// <exception cref="EnvelopeException">It cannot be started on this system.</exception>
    public async Task StartAsync(
        IReadOnlyList<string> command, string workingDirectory, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                "Services cannot be run as processes of Windows. Run the registry on Linux or macOS (WSL is one).");
        }

        Directory.CreateDirectory(directory);
        string[] session = OperatingSystem.IsLinux() ? ["setsid", "sh"] : ["sh", "-m"];
        var start = new ProcessStartInfo(
            session[0], [.. session[1..], "-c", Script, "sh", _idFile, LogFile, .. command])
        {
            WorkingDirectory = workingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[Variable] = _idFile;
        using var process = Start(start);
        while (!File.Exists(_idFile) && !process.HasExited)
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }

    /// <summary>
    /// Ends it, or what it has left behind: asks it to, and after a while does not ask any more.
    /// </summary>
    public async Task StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = Stopwatch.StartNew();
        if (ReadId() is not { } id)
        {
            return;
        }

        var isWhole = IsOurs(id);
        bool Runs() => isWhole ? IsOurs(id) : ProcessGroup.Runs(id, $"{Variable}={_idFile}");
        if (!Runs())
        {
            return; // the id is another's by now
        }

        _ = Signal(isWhole ? id : -id, Terminate);
        while (Runs())
        {
            if (asked.Elapsed > patience)
            {
                _ = Signal(-id, Kill); // with all that it has started
            }

            await Task.Delay(Interval, cancellationToken);
        }

        _ = Signal(-id, Kill); // what it has started and left behind: its group has no other members
    }

    /// <summary>
    /// Lets one that has ended be started again. What it has left behind ends, which nobody would find any more.
    /// </summary>
    public void Forget()
    {
        if (ReadId() is { } id && !IsOurs(id) && ProcessGroup.Runs(id, $"{Variable}={_idFile}"))
        {
            _ = Signal(-id, Kill);
        }

        File.Delete(_idFile);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'{start.FileName}' cannot be started in '{start.WorkingDirectory}': {failure.Message} Install it, or make "
                + "the directory and the variables of the configuration such as the system takes.",
                failure);
        }
    }

    private int? ReadId()
    {
        try
        {
            return int.TryParse(
                File.ReadAllText(_idFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id)
                ? id
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private bool IsTorn() => DateTime.UtcNow - File.GetLastWriteTimeUtc(_idFile) > Torn;

    /// <summary>Whether the process of an id is this one: what has its command line.</summary>
    private bool IsOurs(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return CommandLineOf(id).Contains(mark, StringComparison.Ordinal);
        }

        using var ps = Process.Start(new ProcessStartInfo("ps", ["-ww", "-o", "args=", "-p", $"{id}"])
        {
            RedirectStandardOutput = true,
        });
        return ps?.StandardOutput.ReadToEnd().Contains(mark, StringComparison.Ordinal) == true;
    }

    /// <summary>The command line, which is empty of one that has ended, and for a moment of one that starts.</summary>
    private static string CommandLineOf(int id)
    {
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var line = File.ReadAllText($"/proc/{id}/cmdline");
                if (line.Length > 0 || attempt == Attempts
                    || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal))
                {
                    return line;
                }

                Thread.Sleep(1);
            }
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
