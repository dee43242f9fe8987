using System.Collections.Generic;
using System.Linq;

namespace EnvelopeSdk.Generators.Model;

/// <summary>An enum, object or union that a model's queries or state name.</summary>
/// <param name="Name">A name that is unique within the model and an identifier.</param>
/// <param name="CSharp">The type, as generated code writes it.</param>
/// <param name="Documentation">What its comment says.</param>
internal abstract record NamedTypeSpec(string Name, string CSharp, DocumentationSpec? Documentation);

/// <summary>An enum.</summary>
/// <param name="Underlying">The integer type it is written as when it is not written by name.</param>
/// <param name="ByName">Whether JSON has the names.</param>
/// <param name="IsFlags">Whether its values are combined.</param>
/// <param name="Values">The declared values, in order.</param>
internal sealed record EnumSpec(
    string Name,
    string CSharp,
    DocumentationSpec? Documentation,
    ScalarKind Underlying,
    bool ByName,
    bool IsFlags,
    EquatableArray<EnumValueSpec> Values)
    : NamedTypeSpec(Name, CSharp, Documentation)
{
    /// <summary>
    /// The values without those that are another name of a number: the first declared name is the one that is written.
    /// </summary>
    public IEnumerable<EnumValueSpec> Distinct => Values.GroupBy(value => value.Number).Select(group => group.First());
}

/// <summary>A declared value of an enum.</summary>
/// <param name="Member">The C# name.</param>
/// <param name="JsonName">The name in JSON.</param>
/// <param name="Number">The number, in decimal.</param>
/// <param name="Description">What its comment says.</param>
internal sealed record EnumValueSpec(string Member, string JsonName, string Number, string? Description);

/// <summary>A class, structure, record or named tuple.</summary>
/// <param name="IsValueType">Whether it is a structure.</param>
/// <param name="IsTuple">Whether it is a tuple.</param>
/// <param name="Members">Its members, constructor parameters first.</param>
/// <param name="Tag">What tells it from the other types of a union that it stands in.</param>
internal sealed record ObjectSpec(
    string Name,
    string CSharp,
    DocumentationSpec? Documentation,
    bool IsValueType,
    bool IsTuple,
    EquatableArray<MemberSpec> Members,
    TagSpec? Tag = null)
    : NamedTypeSpec(Name, CSharp, Documentation);

/// <summary>A member that every object of one type of a union has, with one value.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Value">Its value, as JSON: a string or an integer.</param>
internal sealed record TagSpec(string Name, string Value);

/// <summary>A type whose values are objects of one of several types.</summary>
/// <param name="Discriminator">The JSON name of the member that tells the types apart.</param>
/// <param name="Cases">The types.</param>
internal sealed record UnionSpec(
    string Name,
    string CSharp,
    DocumentationSpec? Documentation,
    string Discriminator,
    EquatableArray<UnionCaseSpec> Cases)
    : NamedTypeSpec(Name, CSharp, Documentation);

/// <summary>One type of a union.</summary>
/// <param name="Tag">The discriminator's value as JSON; null for the type that is written without one.</param>
/// <param name="Type">The name of the type in <see cref="ModelSpec.Types"/>.</param>
/// <param name="CSharp">The type, as generated code writes it.</param>
internal sealed record UnionCaseSpec(string? Tag, string Type, string CSharp);
