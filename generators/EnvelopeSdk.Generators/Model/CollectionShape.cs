namespace EnvelopeSdk.Generators.Model;

/// <summary>A collection or dictionary.</summary>
/// <param name="Type">The full name of the C# type, without type arguments.</param>
/// <param name="Name">A part of the names of generated methods.</param>
/// <param name="Making">How one is made of the list or dictionary that was read.</param>
/// <param name="Made">The full name of what makes it, without type arguments; null when it is the type itself.</param>
internal sealed record CollectionShape(string Type, string Name, Making Making = Making.Read, string? Made = null)
{
    public static readonly CollectionShape Array = new("", "Array", Making.Array);
    public static readonly CollectionShape List = new("System.Collections.Generic.List", "List");

    public static readonly CollectionShape JsonArray =
        new("System.Text.Json.Nodes.JsonArray", "JsonArray", Making.JsonArray);

    public static readonly CollectionShape JsonObject =
        new("System.Text.Json.Nodes.JsonObject", "JsonObject", Making.JsonObject);
}
