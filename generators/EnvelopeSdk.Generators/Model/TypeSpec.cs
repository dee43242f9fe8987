using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Model;

/// <summary>The type of a parameter, member, item, answer or piece of state.</summary>
/// <param name="CSharp">As generated code writes it, with its <c>?</c>.</param>
/// <param name="Nullable">Whether null is a value of it.</param>
internal abstract record TypeSpec(string CSharp, bool Nullable)
{
    /// <summary>
    /// A part of the names of the generated methods that read and write it; the same for the same type without null.
    /// </summary>
    public abstract string Id { get; }

    /// <summary>The type without null, as generated code writes it.</summary>
    public string NonNull => CSharp.TrimEnd('?');

    /// <summary>The type that generated code reads and writes as JSON in its place.</summary>
    public virtual string Bound => CSharp;

    /// <summary>A part of the name of a collection of it.</summary>
    public string ItemId => (Nullable ? "Nullable" : "") + Id;
}

/// <summary>A type that JSON writes as a number, string or boolean.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Forms">
/// The bits of <c>JsonNumberHandling</c> that hold for a number; 0 for the numbers of JSON alone.
/// </param>
internal sealed record ScalarSpec(
    string CSharp, bool Nullable, ScalarKind Kind, int Forms = 0)
    : TypeSpec(CSharp, Nullable)
{
    public override string Id => Forms == 0 ? Kind.Method : $"{Kind.Method}Forms{Forms}";

    /// <summary>What the schema calls it: any value but null, or null, is any value.</summary>
    public string SchemaKind => Nullable && Kind == ScalarKind.Node ? KindNames.Any : Kind.SchemaKind;
}

/// <summary>A collection, which JSON writes as an array.</summary>
/// <param name="Element">The type of its items.</param>
/// <param name="Shape">Which collection.</param>
internal sealed record CollectionSpec(
    string CSharp, bool Nullable, TypeSpec Element, CollectionShape Shape)
    : TypeSpec(CSharp, Nullable)
{
    public override string Id => $"{Shape.Name}Of{Element.ItemId}";

    public static CollectionSpec ListOf(TypeSpec element) =>
        new($"global::{CollectionShape.List.Type}<{element.CSharp}>", false, element, CollectionShape.List);
}

/// <summary>A dictionary, which JSON writes as an object.</summary>
/// <param name="Key">The type of its keys: a scalar or an enum.</param>
/// <param name="Value">The type of its values.</param>
/// <param name="Shape">Which dictionary.</param>
internal sealed record MapSpec(
    string CSharp, bool Nullable, TypeSpec Key, TypeSpec Value, CollectionShape Shape)
    : TypeSpec(CSharp, Nullable)
{
    public override string Id => $"{Shape.Name}Of{Key.Id}To{Value.ItemId}";
}

/// <summary>An array of several dimensions, or a tensor, which JSON writes as nested arrays.</summary>
/// <param name="Element">The type of its items.</param>
/// <param name="Rank">The number of dimensions; at least 2 for an array.</param>
/// <param name="Shape">Which of the two.</param>
internal sealed record TensorSpec(
    string CSharp, bool Nullable, TypeSpec Element, int Rank, TensorShape Shape)
    : TypeSpec(CSharp, Nullable)
{
    public override string Id => $"{Shape.Name}{Rank}Of{Element.ItemId}";
}

/// <summary>An enum, object or union, which is described once for the whole model.</summary>
/// <param name="Name">Its name in <see cref="ModelSpec.Types"/>.</param>
internal sealed record NamedSpec(string CSharp, bool Nullable, string Name) : TypeSpec(CSharp, Nullable)
{
    public override string Id => Name;
}

/// <summary>
/// A table of a framework, whose columns only a value of it tells. It is the type of a parameter or answer alone.
/// </summary>
/// <param name="Codec">The codec class that converts it.</param>
/// <param name="Parameter">The parameter's name; null for the answer.</param>
internal sealed record TableSpec(
    string CSharp, bool Nullable, string Codec, string? Parameter)
    : TypeSpec(CSharp, Nullable)
{
    public override string Id => "Table";

    public override string Bound => "global::EnvelopeSdk.Tables.TableData" + (Nullable ? "?" : "");
}
