namespace EnvelopeSdk.Envelopes;

/// <summary>What of a record is needed to load a model and to call it.</summary>
internal sealed class RecordHead
{
    public required string Name { get; init; }

    /// <summary>The metadata name of the model class.</summary>
    public required string ModelType { get; init; }

    /// <inheritdoc cref="ModelTypeRecord.Platform"/>
    public required string Platform { get; init; }

    /// <inheritdoc cref="EnvelopeRecord.Culture"/>
    public required string Culture { get; init; }

    /// <inheritdoc cref="EnvelopeRecord.IsInvariant"/>
    public required bool? IsInvariant { get; init; }

    /// <inheritdoc cref="EnvelopeRecord.State"/>
    public required IReadOnlyList<StateRecord> State { get; init; }

    /// <summary>The names of the queries.</summary>
    public required IReadOnlyList<string> Queries { get; init; }

    public static RecordHead Of(EnvelopeRecord record) => new()
    {
        Name = record.Name,
        ModelType = record.Model.Type,
        Platform = record.Model.Platform,
        Culture = record.Culture,
        IsInvariant = record.IsInvariant,
        State = record.State,
        Queries = [.. record.Schema.Queries.Select(query => query.Name)],
    };
}
