using System.Text.Json;

namespace EnvelopeSdk.Envelopes;

/// <summary>Which settings of the run-time that a model was trained on its services need as well.</summary>
internal static class RuntimeSettings
{
    /// <summary>Whether there is no culture data.</summary>
    public const string InvariantGlobalization = "System.Globalization.Invariant";

    /// <summary>
    /// What begins the names of settings that make a program quicker, smaller or easier to watch, and leave its answers
    /// as they are: garbage collector, thread pool, compilation in tiers, hosting, changes by a debugger.
    /// </summary>
    private static readonly string[] OfTheHost =
    [
        "System.GC.", "System.Threading.ThreadPool.", "System.Runtime.Tiered", "Microsoft.AspNetCore.",
        "Microsoft.Extensions.", "System.Diagnostics.", "System.Reflection.Metadata.MetadataUpdater.",
    ];

    /// <summary>The settings that can change an answer, as the text that a project gives them.</summary>
    public static IEnumerable<(string Name, string Value)> Answering(EnvelopeRecord record) =>
        from setting in record.Configuration
        where !OfTheHost.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        select (setting.Key, setting.Value.ValueKind == JsonValueKind.String
            ? setting.Value.GetString()!
            : setting.Value.GetRawText());
}
