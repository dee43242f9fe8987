using System.Diagnostics;
using System.Text;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>Runs programs to their end and keeps what they print.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program.</summary>
    /// <param name="environment">Variables set beside those of this process.</param>
    /// <param name="directory">The directory to run in.</param>
    /// <param name="line">Is told each line that it prints.</param>
    /// <param name="cancellation">Ends it, with all it started.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <exception cref="StepException">It ends with another exit code than zero.</exception>
    public static async Task RunAsync(
        IReadOnlyDictionary<string, string> environment, string directory, Action<string> line,
        CancellationToken cancellation, params string[] command)
    {
        var output = new StringBuilder();
        using var process = Start(environment, directory, text =>
        {
            lock (output)
            {
                output.AppendLine(text);
            }

            line(text);
        }, command);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // what it wrote to is removed next
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new StepException(
                $"'{string.Join(' ', command)}' in {directory} ended with exit code {process.ExitCode}.",
                output.ToString());
        }
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(
        IReadOnlyDictionary<string, string> environment, string directory, Action<string> line, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, received) => Tell(received.Data);
        process.ErrorDataReceived += (_, received) => Tell(received.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Tell(string? text)
        {
            if (text is not null)
            {
                line(text);
            }
        }
    }
}
