using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// Names for the schemas that are no types of the model, from which generators of clients name their classes.
/// </summary>
/// <param name="taken">The names of the model's types, which come first.</param>
internal sealed class ComponentNames(IEnumerable<string> taken)
{
    // Two files on a disk, or two classes of some languages, do not differ by capitals alone.
    private readonly HashSet<string> _taken = new(taken, StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that nothing else has: with <c>Service</c> in front, if it is taken.</summary>
    public string Take(string name)
    {
        while (!_taken.Add(name))
        {
            name = "Service" + name;
        }

        return name;
    }

    /// <summary>The name of a query as that of a class: <c>top-ten</c> is <c>TopTen</c>.</summary>
    public static string ClassOf(string query) => JsonSchemaWriter.ComponentName(string.Concat(
        query.Split('-', '_', '.').Where(word => word.Length > 0)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
