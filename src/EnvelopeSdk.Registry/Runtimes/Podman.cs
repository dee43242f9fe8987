using System.ComponentModel;
using System.Diagnostics;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>The command <c>podman</c>.</summary>
internal static class Podman
{
    private const string Command = "podman";

    /// <summary>Whether there is one on the path.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Combine(directory, Command)));

    /// <param name="image">Its id.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken) =>
        (await TryAsync(["image", "exists", image], cancellationToken)).ExitCode == 0;

    /// <exception cref="EnvelopeException">It failed; what it said is the reason.</exception>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, said) = await TryAsync(arguments, cancellationToken);
        if (exitCode != 0)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"'podman {string.Join(' ', arguments)}' fails ({exitCode}): {said.Trim()} Try it by hand as the user "
                + "of the registry.");
        }
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
                $"'podman' cannot be run: {failure.Message} Install it (apt-get install podman).", failure);
        }
    }

    private static async Task<(int ExitCode, string Said)> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in CleanEnvironment.OfContainers())
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        try
        {
            var said = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
