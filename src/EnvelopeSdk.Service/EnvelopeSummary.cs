using System.Text.Json.Serialization;
using EnvelopeSdk.Capture;

namespace EnvelopeSdk.Service;

/// <summary>What a service says of its envelope at <c>GET /envelope</c>.</summary>
internal sealed record EnvelopeSummary
{
    public required string Name { get; init; }

    public required string Digest { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required string SchemaFingerprint { get; init; }

    public GitState? Git { get; init; }

    public static EnvelopeSummary Of(ServedEnvelope envelope) => new()
    {
        Name = envelope.Record.Name,
        Digest = envelope.Content.Digest.ToString(),
        Description = envelope.Record.Description,
        Tags = envelope.Record.Tags,
        Metrics = envelope.Record.Metrics,
        SchemaFingerprint = envelope.Record.Schema.Fingerprint,
        Git = envelope.Record.Provenance.Git,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnvelopeSummary))]
internal sealed partial class EnvelopeSummaryContext : JsonSerializerContext;
