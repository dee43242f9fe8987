namespace EnvelopeSdk.Generators.Model;

/// <summary>The type of a parameter, member, item, answer or piece of state.</summary>
/// <param name="CSharp">As generated code writes it, with its <c>?</c>.</param>
/// <param name="Nullable">Whether null is a value of it.</param>
internal abstract record TypeSpec(string CSharp, bool Nullable)
{
    /// <summary>A part of the names of the generated methods that read and write it; the same for the same type without null.</summary>
    public abstract string Id { get; }
}

/// <summary>A type that JSON writes as a number, string or boolean.</summary>
/// <param name="Kind">Which one.</param>
internal sealed record ScalarSpec(string CSharp, bool Nullable, ScalarKind Kind) : TypeSpec(CSharp, Nullable)
{
    public override string Id => Kind.Reader;
}

/// <summary>An array or list.</summary>
/// <param name="Element">The type of its items.</param>
/// <param name="IsList">Whether it is a <c>List</c>; else an array.</param>
internal sealed record CollectionSpec(string CSharp, bool Nullable, TypeSpec Element, bool IsList) : TypeSpec(CSharp, Nullable)
{
    public override string Id => (IsList ? "ListOf" : "ArrayOf") + (Element.Nullable ? "Nullable" : "") + Element.Id;
}

/// <summary>An enum or object, which is described once for the whole model.</summary>
/// <param name="Name">Its name in <see cref="ModelSpec.Types"/>.</param>
internal sealed record NamedSpec(string CSharp, bool Nullable, string Name) : TypeSpec(CSharp, Nullable)
{
    public override string Id => Name;
}
