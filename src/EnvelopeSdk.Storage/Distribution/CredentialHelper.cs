using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Distribution;

/// <summary>Asks a program that keeps passwords, <c>docker-credential-NAME</c>, as Docker does.</summary>
internal static partial class CredentialHelper
{
    private const string NotFound = "credentials not found";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <returns>Null when it keeps nothing for the server.</returns>
    /// <exception cref="EnvelopeException">It is not there, or fails.</exception>
    public static async Task<RegistryCredential?> GetAsync(
        string name, string server, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var program = $"docker-credential-{name}";
        if (!Name().IsMatch(name))
        {
            throw Failed(program, server, "that is no name of a program");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var (code, output) = await RunAsync(Find(program, variable), server, limit.Token);
            if (code != 0)
            {
                return output.Contains(NotFound, StringComparison.OrdinalIgnoreCase)
                    ? null
                    : throw Failed(program, server, $"it ended with {code}: {output.Trim()}");
            }

            var found = DistributionJsonContext.TryRead(
                System.Text.Encoding.UTF8.GetBytes(output), DistributionJsonContext.Default.HelperDocument)
                ?? throw Failed(program, server, "its answer is not JSON");
            return found.Username == "<token>"
                ? new(null, null, found.Secret)
                : new(found.Username, found.Secret, null);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            throw Failed(program, server, failure.Message, failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(program, server, $"it did not answer within {Timeout.TotalSeconds:0} seconds", late);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string program, string server, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["get"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            await process.StandardInput.WriteAsync(server.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output);
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>On the search path alone: in the current directory may lie what somebody else put there.</summary>
    private static string Find(string program, Func<string, string?> variable) =>
        (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => new[] { program, program + ".exe" }.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new Win32Exception(2, "There is no such program on the search path.");

    private static EnvelopeException Failed(
        string program, string server, string reason, Exception? cause = null) => new(
        EnvelopeError.Unavailable,
        $"'{program}', which Docker's configuration names, did not say the password for '{server}': "
        + $"{reason.TrimEnd('.')}. Install it, or take it out of 'credsStore' and 'credHelpers' there and log in anew.",
        cause);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex Name();
}
