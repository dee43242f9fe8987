using System.Text.Json;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Holds examples to the schema: the API document shows them, and a caller who sends one must not be refused.
/// </summary>
internal static class ExampleCheck
{
    /// <exception cref="EnvelopeException">
    /// An example is of no query, or has arguments that a service would refuse.
    /// </exception>
    public static void Check(IEnumerable<PredictionExample> examples, ModelSchema schema)
    {
        var values = new ValueCheck(schema);
        foreach (var example in examples)
        {
            var query = schema.Queries.FirstOrDefault(query => query.Name == example.Query)
                ?? throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"An example is of the query '{example.Query}', which the model does not have. It has: "
                    + $"{string.Join(", ", schema.Queries.Select(one => one.Name))}.");
            if (WhyRefused(example.Input, query, values) is { } why)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"An example of the query '{query.Name}' {why}. Record an example that callers may send, or change "
                    + "the method.");
            }
        }
    }

    private static string? WhyRefused(JsonElement input, QuerySchema query, ValueCheck values)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return $"has the input {ShownJson.Of(input)}, which is no object of arguments";
        }

        var stray = input.EnumerateObject().FirstOrDefault(
            argument => query.Parameters.All(parameter => parameter.Name != argument.Name));
        if (stray is { Value.ValueKind: not JsonValueKind.Undefined })
        {
            return $"has the argument '{stray.Name}', which the method does not take";
        }

        foreach (var parameter in query.Parameters)
        {
            if (!input.TryGetProperty(parameter.Name, out var argument))
            {
                if (parameter.Required)
                {
                    return $"lacks the argument '{parameter.Name}'";
                }
            }
            else if (!values.IsValue(argument, parameter.Type, parameter.Constraints))
            {
                return $"has the argument '{parameter.Name}': {ShownJson.Of(argument)}, which a service would refuse: it "
                    + "is beyond what the parameter, its type or their attributes allow";
            }
        }

        return null;
    }
}
