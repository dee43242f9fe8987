namespace EnvelopeSdk;

/// <summary>
/// Marks a public instance method of a model class as a query: its signature becomes the API schema, and a service of
/// the envelope answers it at <c>POST /{name}</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class PredictAttribute : Attribute
{
    /// <summary>Names the query after the method: <c>PredictPrice</c> is served as <c>predict-price</c>.</summary>
    public PredictAttribute()
    {
    }

    /// <summary>Names the query.</summary>
    /// <param name="name">Lower-case letters and digits in groups separated by single <c>-</c>, for example <c>price-range</c>.</param>
    public PredictAttribute(string name) => Name = name;

    /// <summary>The query's name, or <see langword="null"/> when it is derived from the method's name.</summary>
    public string? Name { get; }
}
