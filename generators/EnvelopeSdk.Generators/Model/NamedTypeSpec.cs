namespace EnvelopeSdk.Generators.Model;

/// <summary>An enum or object that a model's queries or state name.</summary>
/// <param name="Name">A name that is unique within the model and an identifier.</param>
/// <param name="CSharp">The type, as generated code writes it.</param>
/// <param name="Description">The documentation summary.</param>
internal abstract record NamedTypeSpec(string Name, string CSharp, string? Description);

/// <summary>An enum.</summary>
/// <param name="Underlying">The integer type it is written as when it is not written by name.</param>
/// <param name="ByName">Whether JSON has the names.</param>
/// <param name="Values">The declared values, in order.</param>
internal sealed record EnumSpec(
    string Name, string CSharp, string? Description, ScalarKind Underlying, bool ByName, EquatableArray<EnumValueSpec> Values)
    : NamedTypeSpec(Name, CSharp, Description);

/// <summary>A declared value of an enum.</summary>
/// <param name="Member">The C# name.</param>
/// <param name="JsonName">The name in JSON.</param>
/// <param name="Number">The number, in decimal.</param>
internal sealed record EnumValueSpec(string Member, string JsonName, string Number);

/// <summary>A record.</summary>
/// <param name="IsValueType">Whether it is a record struct.</param>
/// <param name="Members">Its members, constructor parameters first.</param>
internal sealed record ObjectSpec(string Name, string CSharp, string? Description, bool IsValueType, EquatableArray<MemberSpec> Members)
    : NamedTypeSpec(Name, CSharp, Description);
