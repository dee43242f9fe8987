using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Pages.Parts;

/// <summary>
/// What of a page changes by itself: its script asks for it every second, and takes nothing else.
/// </summary>
internal static class LiveParts
{
    private const string Header = "Envelope-Live-Parts";

    /// <summary>Whether nothing else is asked for.</summary>
    public static bool AreAsked(HttpRequest request) => request.Headers.ContainsKey(Header);
}
