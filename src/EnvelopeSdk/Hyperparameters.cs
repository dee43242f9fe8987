using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnvelopeSdk.Plain;

namespace EnvelopeSdk;

/// <summary>
/// What a training was run with, by name: <c>{ ["trees"] = 400 }</c>, or the members of a record, as in
/// <c>Hyperparameters.Of(options)</c>. They are part of an envelope's identity: the same give the same.
/// </summary>
public sealed class Hyperparameters : SortedDictionary<string, HyperparameterValue>
{
    /// <summary>Makes an empty one.</summary>
    public Hyperparameters()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Takes values over.</summary>
    /// <param name="values">The values by their names.</param>
    public static implicit operator Hyperparameters(Dictionary<string, HyperparameterValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var parameters = new Hyperparameters();
        foreach (var (name, value) in values)
        {
            parameters.Add(name, value);
        }

        return parameters;
    }

    /// <summary>
    /// Takes the public properties and fields of a record over, or the entries of a dictionary, by their names. What
    /// they have is written likewise: records in records, lists, enumerations by their names, NaN as a string.
    /// </summary>
    /// <typeparam name="T">The record's type; an anonymous one does.</typeparam>
    /// <param name="record">The record. Make these before the training: what cannot be written is known then.</param>
    /// <exception cref="EnvelopeException">
    /// Something in it is no data, such as a delegate or a stream, or leads back to itself. It is named.
    /// </exception>
    [RequiresUnreferencedCode(PlainJson.Trimming)]
    public static Hyperparameters Of<T>(T record) => Members(PlainJson.Of(record, "hyperparameter"));

    /// <summary>Takes the members of a record over, as its JSON has them, without reflection.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="record">The record.</param>
    /// <param name="type">How it is written.</param>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    public static Hyperparameters Of<T>(T record, JsonTypeInfo<T> type) => Members(TypedJson.Of(record, type));

    private static Hyperparameters Members(JsonElement json)
    {
        var parameters = new Hyperparameters();
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                "What is given as hyperparameters has no members. Give a record, an anonymous object or a dictionary.");
        }

        foreach (var member in json.EnumerateObject())
        {
            parameters.Add(member.Name, HyperparameterValue.OfJson(member.Value));
        }

        return parameters;
    }
}
