using System.Text.Json;
using EnvelopeSdk.Queries;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>The numbers among hyperparameters, under the names by which a query asks for them.</summary>
internal static class HyperparameterNumbers
{
    public static SortedDictionary<string, double> Of(IReadOnlyDictionary<string, JsonElement> values)
    {
        var numbers = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in values.Where(one => !one.Key.Contains('.', StringComparison.Ordinal)))
        {
            Add(numbers, name, value);
        }

        foreach (var (name, value) in values.Where(one => one.Key.Contains('.', StringComparison.Ordinal)))
        {
            numbers.Remove(name); // its own name comes before a path
            Add(numbers, name, QueryRun.NumberOf(value));
        }

        return numbers;
    }

    private static void Add(SortedDictionary<string, double> numbers, string name, JsonElement value)
    {
        Add(numbers, name, QueryRun.NumberOf(value));
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in value.EnumerateObject().Select(one => one.Name).Distinct()
            .Where(one => !one.Contains('.', StringComparison.Ordinal)))
        {
            Add(numbers, $"{name}.{member}", value.GetProperty(member)); // the last one of that name
        }
    }

    private static void Add(SortedDictionary<string, double> numbers, string name, double? number)
    {
        if (number is { } value)
        {
            numbers.Add(name, value);
        }
    }
}
