using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>Has control characters and the like wherever a document can have them.</summary>
[EnvelopeModel("splitter")]
public sealed partial class Splitter(int weight)
{
    public const string Odd = "\0\u0001\b\t\n\v\f\r\u001b\u001f\"\\/<&>'+\u007f\u0085\u00a0\u200f\u2028\u2029\ufeff\uffff😀";

    /// <summary>Splits.&#x7f;|"\</summary>
    /// <param name="text">A text. <unit>&#x7f;</unit> <example>"\u0000\u2028\u007f"</example></param>
    /// <param name="separator">What is between.</param>
    /// <param name="line">What ends a line.</param>
    /// <param name="mode">How.</param>
    /// <param name="part">A part.</param>
    [Predict]
    public Dictionary<string, string> Parts(
        [RegularExpression("[^\u0002]*")] string text, string separator = Odd, [AllowedValues("\n", "\u001e")] string line = "\n",
        Mode mode = Mode.Bell, Part? part = null) =>
        new() { [Odd] = text + separator + line + mode + part + weight, [""] = "", [" "] = " " };
}

[JsonConverter(typeof(JsonStringEnumConverter<Mode>))]
public enum Mode
{
    [JsonStringEnumMemberName("\a\u0003")]
    Bell,
}

[JsonDerivedType(typeof(Word), "\u0004word"), JsonDerivedType(typeof(Gap), 2), JsonPolymorphic(TypeDiscriminatorPropertyName = "\u0005kind")]
public abstract record Part;

public sealed record Word([property: JsonPropertyName("\u0006\"\\")] string Text, [property: JsonPropertyName(" ")] int Blank) : Part;

public sealed record Gap([property: JsonPropertyName("\0")] double Width = 1e-30) : Part;
