using System.Text.Json.Serialization;

namespace EnvelopeSdk.Registries;

/// <summary>What is to be added to what a registry knows of an envelope.</summary>
/// <param name="Made">
/// Events that the caller makes, as lines of a journal: the registry puts its caller's name to them.
/// </param>
/// <param name="Journal">Events that are known from elsewhere, as lines of a journal; they stay as they are.</param>
/// <param name="Signatures">Signatures, as lines.</param>
internal sealed record EnvelopeAdditions(string Made = "", string Journal = "", string Signatures = "");

/// <summary>How much content a registry has removed.</summary>
internal sealed record CollectedDocument(int Count, long Bytes);

/// <summary>Envelopes that a query has found.</summary>
internal sealed record FoundDocument(IReadOnlyList<FoundDocument.Envelope> Envelopes, string? Next)
{
    /// <param name="Name">Its name.</param>
    /// <param name="Digest">Its digest.</param>
    /// <param name="Saved">When it was saved last.</param>
    /// <param name="Cursor">Where it stands.</param>
    /// <param name="Journal">What is known of it, as lines, where that was asked for.</param>
    internal sealed record Envelope(string Name, string Digest, DateTimeOffset? Saved, string Cursor, string? Journal);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EnvelopeAdditions))]
[JsonSerializable(typeof(CollectedDocument))]
[JsonSerializable(typeof(FoundDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class RegistryJsonContext : JsonSerializerContext;
