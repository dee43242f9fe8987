using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// The file <c>envelope.json</c> of an envelope: all that is known of the model beside its files, and cannot change.
/// The same inputs give the same record. Tags, metrics and who saved it when are in its journal.
/// </summary>
public sealed record EnvelopeRecord
{
    /// <summary>The version of this record's form that this library writes, and the newest that it reads.</summary>
    internal const int CurrentFormat = 3;

    /// <summary>
    /// The oldest form that it reads: the first had tags and metrics in it, and no number of a contract; the second had
    /// no culture and no configuration.
    /// </summary>
    internal const int OldestFormat = 2;

    /// <summary>The version of this record's form.</summary>
    public int FormatVersion { get; init; } = CurrentFormat;

    /// <summary>The envelope's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for, in the data scientist's words.</summary>
    public string? Description { get; init; }

    /// <summary>The model class.</summary>
    public required ModelTypeRecord Model { get; init; }

    /// <summary>How the parameters of the model's constructor are stored, in their order.</summary>
    public required IReadOnlyList<StateRecord> State { get; init; }

    /// <summary>
    /// The hyperparameters that the model was trained with: numbers, strings, booleans, and lists and objects of these,
    /// whose members are sorted by name.
    /// </summary>
    public required SortedDictionary<string, JsonElement> Hyperparameters { get; init; }

    /// <summary>The API of the model.</summary>
    public required ModelSchema Schema { get; init; }

    /// <summary>
    /// The culture that the model answers in, by its name: <c>de-DE</c>; empty for the invariant one.
    /// </summary>
    public string Culture { get => field ?? ""; init; } // absent in format 2, which a reader makes null

    /// <summary>
    /// The configuration of the run-time that the model was trained on: the <c>configProperties</c> of the program's
    /// <c>runtimeconfig.json</c>, and whether globalization was invariant.
    /// </summary>
    public SortedDictionary<string, JsonElement> Configuration
    {
        get => field ??= new(StringComparer.Ordinal);
        init;
    }

    /// <summary>Whether the model was trained without culture data; null when it is not recorded.</summary>
    [JsonIgnore]
    internal bool? IsInvariant => Configuration.TryGetValue(RuntimeSettings.InvariantGlobalization, out var value)
        ? value.ValueKind == JsonValueKind.True
        : null;

    /// <summary>What the model's project was built with and from.</summary>
    public required PackageLock Packages { get; init; }

    /// <summary>Where the envelope was saved.</summary>
    public required Provenance Provenance { get; init; }
}

/// <summary>Names the model class.</summary>
/// <param name="Type">Its metadata name: <c>Namespace.Class</c>.</param>
/// <param name="Assembly">The simple name of its assembly.</param>
/// <param name="Contract">The number of the contract that its generated part was written for.</param>
/// <param name="Platform">The version of the platform that wrote the generated part, which knows that contract.</param>
public sealed record ModelTypeRecord(string Type, string Assembly, int Contract, string Platform);

/// <summary>How the value of one constructor parameter is stored.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Codec">The id of the codec that wrote it; <c>json</c> for plain data.</param>
/// <param name="Version">The version of the codec's form.</param>
/// <param name="Files">The names of its files, sorted; they lie in <c>state/NAME/</c>.</param>
public sealed record StateRecord(string Name, string Codec, int Version, IReadOnlyList<string> Files);
