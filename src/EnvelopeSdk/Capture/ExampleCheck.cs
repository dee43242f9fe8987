using System.Text.Json;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Capture;

/// <summary>Holds examples to the schema: the API document shows them, and a caller who sends one must not be refused.</summary>
internal static class ExampleCheck
{
    private const int ShownLength = 100;

    /// <exception cref="EnvelopeException">An example is of no query, or has an argument that a service would refuse.</exception>
    public static void Check(IEnumerable<PredictionExample> examples, ModelSchema schema)
    {
        var values = new ValueCheck(schema);
        foreach (var example in examples)
        {
            var query = schema.Queries.FirstOrDefault(query => query.Name == example.Query)
                ?? throw new EnvelopeException(EnvelopeError.Invalid, $"An example is of the query '{example.Query}', which the model does not have. It has: {string.Join(", ", schema.Queries.Select(one => one.Name))}.");
            foreach (var parameter in query.Parameters)
            {
                if (example.Input.TryGetProperty(parameter.Name, out var argument) && !values.IsValue(argument, parameter.Type, parameter.Constraints))
                {
                    throw new EnvelopeException(EnvelopeError.Invalid, $"An example of the query '{query.Name}' has the argument '{parameter.Name}': {Show(argument)}, which a service would refuse: it is beyond what the attributes of the parameter or of its type allow. Record an example that callers may send, or change the attributes.");
                }
            }
        }
    }

    private static string Show(JsonElement argument) =>
        argument.GetRawText() is { Length: > ShownLength } text ? text[..ShownLength] + "..." : argument.GetRawText();
}
