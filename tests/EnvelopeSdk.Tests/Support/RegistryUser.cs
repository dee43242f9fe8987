using System.Diagnostics;

namespace EnvelopeSdk.Tests.Support;

/// <summary>
/// Another process that pushes an envelope, pulls it and opens it where it lies: whom a process trusts is settled
/// when it starts.
/// </summary>
internal static class RegistryUser
{
    public const string Mode = "registry";

    /// <param name="store">The store that has the envelope.</param>
    /// <param name="address">Where it is pushed to.</param>
    /// <param name="trusted">A file with authorities that it trusts; null for those of the machine alone.</param>
    /// <returns>Whether all succeeded, and what it printed.</returns>
    public static async Task<(bool Succeeded, string Printed)> StartAsync(
        TempStore store, string address, string? trusted)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["exec", typeof(RegistryUser).Assembly.Location, Mode, store.Store.Address, address])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.2";
        start.Environment["SSL_CERT_FILE"] = trusted;
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode == 0, printed);
    }

    /// <summary>What the other process does.</summary>
    public static async Task<int> RunAsync(string store, string address)
    {
        try
        {
            var source = EnvelopeStore.Open(store);
            var saved = (await source.OpenAsync("house-price")).Reference;
            var pinned = await source.PushAsync(saved, address);
            var pulled = await EnvelopeStore.Open(store + "-pulled").PullAsync(address);
            var opened = await EnvelopeResolver.OpenAsync(pinned, source);
            await opened.Content.VerifyAsync();
            Console.WriteLine($"{pulled} {opened.Content.Reference}");
            return 0;
        }
        catch (EnvelopeException failure)
        {
            Console.WriteLine($"{failure.Error}: {failure.Message}");
            return 2;
        }
    }
}
