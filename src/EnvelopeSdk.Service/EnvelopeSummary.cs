using System.Text.Json.Serialization;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Service;

/// <summary>
/// What a service says of its envelope at <c>GET /envelope</c>. Tags and metrics are those of when it was built.
/// </summary>
internal sealed record EnvelopeSummary
{
    public required string Name { get; init; }

    public required string Digest { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public DateTimeOffset? Saved { get; init; }

    public required string SchemaFingerprint { get; init; }

    public GitState? Git { get; init; }

    public static EnvelopeSummary Of(EnvelopeContent envelope, EnvelopeLabels labels) => new()
    {
        Name = envelope.Record.Name,
        Digest = envelope.Digest.ToString(),
        Description = envelope.Record.Description,
        Tags = labels.Tags,
        Metrics = labels.Metrics,
        Saved = labels.Saved,
        SchemaFingerprint = envelope.Record.Schema.Fingerprint,
        Git = envelope.Record.Provenance.Git,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnvelopeSummary))]
internal sealed partial class EnvelopeSummaryContext : JsonSerializerContext;
