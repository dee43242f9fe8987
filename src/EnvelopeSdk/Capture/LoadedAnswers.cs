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

    /// <exception cref="EnvelopeException">The loaded model answers an example otherwise.</exception>
    public static async Task CheckAsync(
        object loaded, IEnumerable<PredictionExample> examples, CultureInfo culture, SaveWarnings warnings)
    {
        foreach (var example in examples.Where(example => example.Again is not null))
        {
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
    private static async Task<bool> IsRepeatedAsync(PredictionExample example, CultureInfo culture) =>
        await example.AgainAsync(culture) is { } again && IsSame(again, example);

    private static bool IsSame(PredictionExample one, PredictionExample other) =>
        JsonElement.DeepEquals(one.Output, other.Output);

    private static bool IsClose(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => IsClose(one.GetDouble(), other.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            one.GetArrayLength() == other.GetArrayLength()
                && one.EnumerateArray().Zip(other.EnumerateArray(), IsClose).All(isClose => isClose),
        (JsonValueKind.Object, JsonValueKind.Object) =>
            one.GetPropertyCount() == other.GetPropertyCount()
                && one.EnumerateObject().All(
                    member => other.TryGetProperty(member.Name, out var same) && IsClose(member.Value, same)),
        _ => JsonElement.DeepEquals(one, other),
    };

    private static bool IsClose(double one, double other) =>
        Math.Abs(one - other) <= Rounding * Math.Max(Math.Abs(one), Math.Abs(other));
}
