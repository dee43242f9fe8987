namespace EnvelopeSdk;

/// <summary>
/// Marks a public instance method of a model class as a query: its signature becomes the API schema, and a service of
/// the envelope answers it at <c>POST /{name}</c>. A marked method of a base class is a query too. An override of it is
/// the same query, whether it is marked again or not: the most derived signature is the schema, and the nearest name is
/// the name.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PredictAttribute : Attribute
{
    /// <summary>Names the query after the method: <c>PredictPrice</c> is served as <c>predict-price</c>.</summary>
    public PredictAttribute()
    {
    }

    /// <summary>Names the query.</summary>
    /// <param name="name">
    /// Lower-case letters and digits in groups separated by single <c>-</c>, for example <c>price-range</c>.
    /// </param>
    public PredictAttribute(string name) => Name = name;

    /// <summary>The query's name, or <see langword="null"/> when it is derived from the method's name.</summary>
    public string? Name { get; }
}
