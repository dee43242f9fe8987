using System.Globalization;
using System.Text.Json;

namespace EnvelopeSdk.Capture;

/// <summary>Records examples as a service answers them: in the envelope's culture.</summary>
internal static class ExampleCulture
{
    /// <summary>Answers each example again in a culture, and warns of those that the program answers otherwise.</summary>
    public static async Task<IReadOnlyList<PredictionExample>> RecordAsync(
        IEnumerable<PredictionExample> examples, CultureInfo culture, SaveWarnings warnings)
    {
        var recorded = new List<PredictionExample>();
        foreach (var example in examples)
        {
            var answered = await example.AgainAsync(culture);
            recorded.Add(answered);
            var here = await example.AgainAsync(CultureInfo.CurrentCulture);
            if (!IsSame(answered, here) && IsSame(answered, await example.AgainAsync(culture)))
            {
                warnings.Add(
                    $"The query '{example.Query}' answers {example.Input} with {answered.Output} in "
                    + $"{Name(culture)}, which a service runs in, and with {here.Output} in this program's, "
                    + $"{Name(CultureInfo.CurrentCulture)}. State the culture of the model (EnvelopeInfo.Culture), or pass "
                    + "one to the methods that ask for it.");
            }
        }

        return recorded;
    }

    private static bool IsSame(PredictionExample one, PredictionExample other) =>
        JsonElement.DeepEquals(one.Output, other.Output);

    private static string Name(CultureInfo culture) =>
        culture.Name.Length == 0 ? "the invariant culture" : $"the culture {culture.Name}";
}
