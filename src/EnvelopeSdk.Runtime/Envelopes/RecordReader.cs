using System.Text.Json;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Envelopes;

/// <summary>Reads records, each by the number of its form.</summary>
internal static class RecordReader
{
    /// <summary>Reads a record.</summary>
    /// <param name="json">The file <c>envelope.json</c>.</param>
    /// <param name="envelope">The envelope, for errors.</param>
    /// <exception cref="EnvelopeException">
    /// It is not a record, or one of a form that this version does not read.
    /// </exception>
    public static EnvelopeRecord Read(byte[] json, Digest envelope)
    {
        // The numbers first: what is written in a newer form need not be readable at all.
        var numbers = EnvelopeJsonContext.Read(json, c => c.RecordNumbers, EnvelopeContent.RecordPath);
        if (WhyUnknown(numbers) is { } reason)
        {
            throw new EnvelopeException(EnvelopeError.UnknownVersion, $"Envelope {envelope} {reason}");
        }

        var record = EnvelopeJsonContext.Read(json, c => c.EnvelopeRecord, EnvelopeContent.RecordPath);
        return (WhyUnsound(numbers) ?? RecordCheck.WhyUnsound(record)) is { } fault
            ? throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{EnvelopeContent.RecordPath}' of envelope {envelope} cannot be read: it {fault}. Get the envelope "
                + "again from where it was saved.")
            : record;
    }

    /// <summary>Members that are there since the third form, and that a reader of the second does without.</summary>
    private static string? WhyUnsound(RecordNumbers numbers) => numbers switch
    {
        { FormatVersion: >= 3, Culture: null } => "has no 'culture'",
        { FormatVersion: >= 3, Configuration: null } => "has no 'configuration'",
        _ => null,
    };

    private static string? WhyUnknown(RecordNumbers numbers)
    {
        var cure = numbers.Model?.Platform is { } platform
            ? $"Update the packages of EnvelopeSdk to {platform} or newer."
            : "Update the packages of EnvelopeSdk.";
        return numbers switch
        {
            { FormatVersion: < EnvelopeRecord.OldestFormat } =>
                $"has the format {numbers.FormatVersion}, which only EnvelopeSdk 0.1 reads; this version reads formats "
                + $"from {EnvelopeRecord.OldestFormat}. Build the training project with this version and save the "
                + "model again, or serve it with EnvelopeSdk.Service 0.1.0.",
            { FormatVersion: > EnvelopeRecord.CurrentFormat } =>
                $"has the format {numbers.FormatVersion}, and this version of EnvelopeSdk reads formats up to "
                + $"{EnvelopeRecord.CurrentFormat}. {cure}",
            { Schema.Vocabulary: > ModelSchema.CurrentVocabulary } =>
                $"has a schema in vocabulary {numbers.Schema.Vocabulary}, and this version of EnvelopeSdk knows up to "
                + $"{ModelSchema.CurrentVocabulary}. {cure}",
            _ => null,
        };
    }
}

/// <summary>The members of a record that every version of it has, and those that say how the rest is written.</summary>
internal sealed record RecordNumbers
{
    public required int FormatVersion { get; init; }

    public WriterNumbers? Model { get; init; }

    public SchemaNumbers? Schema { get; init; }

    public JsonElement? Culture { get; init; }

    public JsonElement? Configuration { get; init; }
}

/// <summary>Which version wrote a record.</summary>
internal sealed record WriterNumbers
{
    public string? Platform { get; init; }
}

/// <summary>How a schema is written.</summary>
internal sealed record SchemaNumbers
{
    public int Vocabulary { get; init; }
}
