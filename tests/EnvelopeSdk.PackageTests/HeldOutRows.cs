using System.Text.Json;

namespace EnvelopeSdk.PackageTests;

/// <summary>The file of held-out rows with predictions that a training program of the template writes.</summary>
internal static class HeldOutRows
{
    public static IReadOnlyList<PredictionExample> Read(string path) =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<PredictionExample>(line)!)];
}
