using System.ComponentModel;
using System.Diagnostics;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The user's web browser.</summary>
internal static class Browser
{
    /// <summary>Opens a page. Where there is no browser it is said, and no error: the address stands above.</summary>
    public static void Open(string address)
    {
        try
        {
            using var opened = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception failure) when (failure is Win32Exception or PlatformNotSupportedException)
        {
            Console.Error.WriteLine($"No browser could be opened: {failure.Message}");
        }
    }
}
