using System.Text.Json;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Packing;

/// <summary>
/// The file <c>envelope.json</c> of an envelope: all that is known of the model beside its files. The same inputs give the
/// same record. The one part that can differ between two runs of the same training program is <see cref="Provenance"/>.
/// </summary>
public sealed record EnvelopeRecord
{
    /// <summary>The version of this record's form that this library writes, and the newest that it reads.</summary>
    internal const int CurrentFormat = 1;

    /// <summary>The version of this record's form.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>The envelope's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for, in the data scientist's words.</summary>
    public string? Description { get; init; }

    /// <summary>The model class.</summary>
    public required ModelTypeRecord Model { get; init; }

    /// <summary>The tags given when it was saved.</summary>
    public required SortedDictionary<string, string> Tags { get; init; }

    /// <summary>The metrics given when it was saved.</summary>
    public required SortedDictionary<string, double> Metrics { get; init; }

    /// <summary>The hyperparameters that the model was trained with: numbers, strings or booleans.</summary>
    public required SortedDictionary<string, JsonElement> Hyperparameters { get; init; }

    /// <summary>The API of the model.</summary>
    public required ModelSchema Schema { get; init; }

    /// <summary>What the model's project was built with and from.</summary>
    public required PackageLock Packages { get; init; }

    /// <summary>Where the envelope was saved.</summary>
    public required Provenance Provenance { get; init; }
}

/// <summary>The one member of a record that every version of it has.</summary>
internal sealed record EnvelopeFormat(int FormatVersion);

/// <summary>Names the model class.</summary>
/// <param name="Type">Its metadata name: <c>Namespace.Class</c>.</param>
/// <param name="Assembly">The simple name of its assembly.</param>
public sealed record ModelTypeRecord(string Type, string Assembly);
