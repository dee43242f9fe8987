using System.Runtime.InteropServices;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>Finds out where this process runs.</summary>
internal static class ProvenanceCapture
{
    public static async Task<Provenance> CaptureAsync(CancellationToken cancellationToken) => new()
    {
        Runtime = RuntimeInformation.FrameworkDescription,
        RuntimeIdentifier = RuntimeInformation.RuntimeIdentifier,
        Git = await GitCapture.CaptureAsync(AppContext.BaseDirectory, cancellationToken),
    };
}
