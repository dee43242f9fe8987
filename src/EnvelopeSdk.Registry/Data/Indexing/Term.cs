using System.Security.Cryptography;
using System.Text;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>What envelopes can be asked for, of which the index has a list of those that have it.</summary>
internal sealed record Term
{
    /// <summary>The kind of a tag with its value, whose count is how many have it.</summary>
    public const string Tag = "tag";

    /// <summary>The kind of the name of an envelope.</summary>
    public const string Envelope = "envelope";

    private Term(string kind, string name, string value = "") => (Kind, Name, Value) = (kind, name, value);

    public string Kind { get; }

    public string Name { get; }

    public string Value { get; }

    /// <summary>Names it in an index, which takes no texts of any length.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Kind} {Name.Length} {Name}{Value}"))));

    public static Term OfEnvelope(string name) => new(Envelope, name);

    public static Term OfSchema(string fingerprint) => new("schema", fingerprint);

    public static Term OfTag(string name, string value) => new(Tag, name, value);

    /// <summary>That it has a tag of that name, whatever its value.</summary>
    public static Term OfTagged(string name) => new("tagged", name);

    public static Term OfMetric(string name) => new("metric", name);

    public static Term OfHyperparameter(string name) => new("hyperparameter", name);
}
