using System.Globalization;
using System.Text.Json;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Holds the model that is loaded from an envelope to the answers of the one that was trained. What decides an answer
/// and is not kept with the state shows here: a private field, the comparer of a dictionary, what a derived class adds.
/// </summary>
internal static class LoadedAnswers
{
    /// <summary>By how much of itself a number may differ and be called the same but for rounding.</summary>
    private const double Rounding = 1e-4;

    /// <summary>By how much a number may differ however small it is, as a probability near zero.</summary>
    private const double Least = 1e-6;

    /// <summary>Integers up to here are exact in every kind of number, and may be ids.</summary>
    private const double Exact = 1 << 24;

    /// <summary>
    /// How often the trained model has to repeat an answer: of two that are drawn, one is repeated soon.
    /// </summary>
    private const int Repetitions = 5;

    /// <exception cref="EnvelopeException">The loaded model answers an example otherwise.</exception>
    public static async Task CheckAsync(
        object loaded,
        IEnumerable<PredictionExample> examples,
        CultureInfo culture,
        SaveWarnings warnings,
        CancellationToken cancellationToken)
    {
        foreach (var example in examples.Where(example => example.Again is not null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answered = await example.AgainAsync(culture, loaded);
            if ((answered is not null && IsSame(answered, example)) || !await IsRepeatedAsync(example, culture))
            {
                continue;
            }

            var difference = $"The query '{example.Query}' answers {ShownJson.Of(example.Input)} with "
                + $"{ShownJson.Of(example.Output)}, and the model that is loaded from the envelope "
                + (answered is null ? "fails" : $"with {ShownJson.Of(answered.Output)}");
            if (answered is null || !IsClose(answered.Output, example.Output))
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"{difference}. Nothing was saved. The example is of another model than the one that is saved; or "
                    + "something that decides the answer is not kept with the state. Only what the parameters of the "
                    + "constructor hold is, as data: not the comparer of a dictionary, no private field, nothing that "
                    + "a derived class adds, nothing that is set afterwards. Pass it to the constructor as a value of "
                    + "its own, or write a codec for its type.");
            }

            warnings.Add($"{difference}. That is what a service answers.");
        }
    }

    /// <summary>Whether the trained model answers alike each time; one that does not can be held to nothing.</summary>
    private static async Task<bool> IsRepeatedAsync(PredictionExample example, CultureInfo culture)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            if (await example.AgainAsync(culture) is not { } again || !IsSame(again, example))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(PredictionExample one, PredictionExample other) =>
        JsonElement.DeepEquals(one.Output, other.Output);

    private static bool IsClose(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => IsClose(one.GetRawText(), other.GetRawText()),
        (JsonValueKind.String, JsonValueKind.String) => IsClose(one.GetString()!, other.GetString()!),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            one.GetArrayLength() == other.GetArrayLength()
                && one.EnumerateArray().Zip(other.EnumerateArray(), IsClose).All(isClose => isClose),
        (JsonValueKind.Object, JsonValueKind.Object) =>
            one.GetPropertyCount() == other.GetPropertyCount()
                && one.EnumerateObject().All(
                    member => other.TryGetProperty(member.Name, out var same) && IsClose(member.Value, same)),
        _ => JsonElement.DeepEquals(one, other),
    };

    /// <summary>Numbers as text; a text that is none is like itself alone.</summary>
    private static bool IsClose(string one, string other) =>
        one == other
        || (Number(one) is { } first && Number(other) is { } second
            && !(IsExact(one, first) && IsExact(other, second))
            && Math.Abs(first - second)
                <= Math.Max(Least, Rounding * Math.Max(Math.Abs(first), Math.Abs(second))));

    private static bool IsExact(string text, double number) =>
        Math.Abs(number) < Exact && text.All(character => character == '-' || char.IsAsciiDigit(character));

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
}
