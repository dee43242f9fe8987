using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Capture;

/// <summary>Records examples as a service answers them: in the envelope's culture.</summary>
internal static class ExampleCulture
{
    /// <summary>
    /// Has each example, which was answered in the invariant culture, in another one, and warns of those that the
    /// program answers otherwise in its own.
    /// </summary>
    public static async Task<IReadOnlyList<PredictionExample>> RecordAsync(
        IEnumerable<PredictionExample> examples, CultureInfo culture, SaveWarnings warnings)
    {
        var recorded = new List<PredictionExample>();
        foreach (var example in examples)
        {
            var answered = await AnswerAsync(example, culture, warnings);
            recorded.Add(answered);
            if (!ModelCulture.IsCurrent(culture))
            {
                await CompareAsync(answered, culture, warnings);
            }
        }

        return recorded;
    }

    private static async Task<PredictionExample> AnswerAsync(
        PredictionExample example, CultureInfo culture, SaveWarnings warnings)
    {
        if (culture.Name.Length == 0)
        {
            return example;
        }

        var again = await example.AgainAsync(culture);
        if (again is null)
        {
            warnings.Add(
                $"The example of the query '{example.Query}' with {example.Input} could not be answered in "
                + $"{Name(culture)}: it was read from a file, or the method changes its arguments. The answer that is "
                + "recorded is that of the invariant culture.");
        }

        return again ?? example;
    }

    private static async Task CompareAsync(PredictionExample answered, CultureInfo culture, SaveWarnings warnings)
    {
        var here = await answered.AgainAsync(CultureInfo.CurrentCulture);
        if (here is null || IsSame(answered, here) || await answered.AgainAsync(culture) is not { } twice
            || !IsSame(answered, twice))
        {
            return; // the same; or another one each time, whatever the culture
        }

        warnings.Add(
            $"The query '{answered.Query}' answers {answered.Input} with {answered.Output} in {Name(culture)}, which a "
            + $"service runs in, and with {here.Output} in this program's, {Name(CultureInfo.CurrentCulture)}. State "
            + "the culture of the model (EnvelopeInfo.Culture), or pass one to the methods that ask for it.");
    }

    private static bool IsSame(PredictionExample one, PredictionExample other) =>
        JsonElement.DeepEquals(one.Output, other.Output);

    private static string Name(CultureInfo culture) =>
        culture.Name.Length == 0 ? "the invariant culture" : $"the culture {culture.Name}";
}
