using System.Text.Json;
using EnvelopeSdk.Binding.Numbers;

namespace EnvelopeSdk.Schema;

/// <summary>
/// Checks that every value of a narrow type is one of a wide type. For what a caller sends, the older schema is the
/// narrow one; for what it gets, the newer is.
/// </summary>
/// <param name="narrow">The schema of the narrow types.</param>
/// <param name="wide">The schema of the wide types.</param>
/// <param name="isInput">Whether callers send the values; else they get them.</param>
/// <param name="changes">Receives the differences.</param>
internal sealed class TypeContainment(ModelSchema narrow, ModelSchema wide, bool isInput, List<SchemaChange> changes)
{
    private readonly HashSet<(string, string)> _compared = [];

    public void Compare(TypeSchema narrowType, TypeSchema wideType, string pointer)
    {
        var mayBeNull = MayBeNull(narrowType);
        if (mayBeNull != MayBeNull(wideType))
        {
            Add(
                pointer,
                mayBeNull,
                isInput
                    ? (mayBeNull ? "null is no longer taken." : "null is taken too.")
                    : mayBeNull ? "It may be null." : "It is never null.");
        }

        CompareForms(narrowType.NumberHandling, wideType.NumberHandling, pointer);
        if (narrowType.Kind == TypeKind.Ref && wideType.Kind == TypeKind.Ref)
        {
            CompareNamed(narrow.TypeOf(narrowType.Ref!), wide.TypeOf(wideType.Ref!), pointer);
        }
        else if (narrowType.Kind == wideType.Kind && narrowType.Rank != wideType.Rank)
        {
            Add(pointer, true, "It has another number of dimensions.");
        }
        else if (narrowType.Kind != wideType.Kind)
        {
            Add(
                pointer,
                !KindContainment.IsIn(narrowType.Kind, wideType.Kind),
                isInput
                    ? $"It was {Name(narrowType)} and is {Name(wideType)}."
                    : $"It was {Name(wideType)} and is {Name(narrowType)}.");
        }
        else if (narrowType.Columns is { } columns)
        {
            CompareMembers(columns, wideType.Columns ?? [], pointer + "/columns");
        }
        else if (narrowType.Items is not null)
        {
            if (narrowType.Keys is not null)
            {
                Compare(narrowType.Keys, wideType.Keys!, pointer + "/keys");
            }

            Compare(narrowType.Items, wideType.Items!, pointer + "/items");
        }
    }

    /// <summary>Compares the members of two objects, or the parameters of two queries.</summary>
    public void CompareMembers(
        IReadOnlyList<MemberSchema> narrowMembers, IReadOnlyList<MemberSchema> wideMembers, string pointer,
        bool isOpen = false)
    {
        foreach (var member in narrowMembers)
        {
            var at = pointer + Step(member);
            if (wideMembers.FirstOrDefault(one => one.Name == member.Name) is { } other)
            {
                CompareMember(member, other, at);
            }
            else
            {
                Add(
                    at,
                    isInput && !isOpen,
                    isInput ? "It is gone: a caller that sends it is refused." : "It is new; callers pass over it.");
            }
        }

        foreach (var member in wideMembers.Where(member => narrowMembers.All(one => one.Name != member.Name)))
        {
            Add(
                pointer + Step(member),
                isInput ? member.Required : true,
                isInput
                    ? (member.Required ? "It is new and required." : "It is new; callers may leave it out.")
                    : "It is gone: callers miss it.");
        }
    }

    /// <summary>Callers may send each form that is read, and get the one that is written.</summary>
    private void CompareForms(NumberForms narrowForms, NumberForms wideForms, string pointer)
    {
        var seen = NumberForms.AllowNamedFloatingPointLiterals
            | (isInput ? NumberForms.AllowReadingFromString : NumberForms.WriteAsString);
        var isBreaking = (narrowForms & ~wideForms & seen) != 0
            || (!isInput && ((narrowForms ^ wideForms) & NumberForms.WriteAsString) != 0);
        if (((narrowForms ^ wideForms) & seen) != 0)
        {
            Add(pointer, isBreaking, "The number has other forms.");
        }
    }

    private static string Step(MemberSchema member) =>
        "/" + member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void CompareMember(MemberSchema narrowMember, MemberSchema wideMember, string pointer)
    {
        Compare(narrowMember.Type, wideMember.Type, pointer);
        var constraints = ConstraintContainment.Compare(narrowMember.Constraints, wideMember.Constraints);
        foreach (var (keyword, isBroken) in constraints)
        {
            Add(pointer, isBroken, $"What '{keyword}' asks for changed.");
        }

        if (isInput && narrowMember.ReadOnly != wideMember.ReadOnly)
        {
            Add(
                pointer,
                wideMember.ReadOnly,
                wideMember.ReadOnly
                    ? "It is read-only now: what callers send has no effect."
                    : "What callers send has an effect now.");
        }

        if (isInput && narrowMember.Required != wideMember.Required)
        {
            Add(
                pointer,
                wideMember.Required,
                wideMember.Required ? "It is required now." : "Callers may leave it out.");
        }
        else if (isInput && !SchemaComparison.SameDefault(narrowMember.Default, wideMember.Default))
        {
            Add(pointer, false, "Callers that leave it out get another value.");
        }
    }

    /// <summary>Types may contain themselves, so a pair that is being compared is taken to hold.</summary>
    private void CompareNamed(NamedTypeSchema narrowType, NamedTypeSchema wideType, string pointer)
    {
        if (!_compared.Add((narrowType.Name, wideType.Name)))
        {
            return;
        }

        switch (narrowType, wideType)
        {
            case ({ Union: { } cases }, { Union: { } wideCases }):
                CompareCases([.. cases.Select(narrow.TypeOf)], [.. wideCases.Select(wide.TypeOf)], pointer);
                break;
            case ({ Members: { } members }, { Members: { } wideMembers }):
                CompareMembers(members, wideMembers, pointer, wideType.Open);
                if (narrowType.Open != wideType.Open)
                {
                    Add(
                        pointer,
                        isInput && narrowType.Open,
                        narrowType.Open == isInput
                            ? "It has no other members than those declared."
                            : "It may have other members than those declared.");
                }

                break;
            case ({ Values: { } values }, { Values: { } wideValues }) when narrowType.Flags == wideType.Flags:
                CompareValues(values, wideValues, JsonValues.Comparer, Show, pointer);
                break;
            default:
                Add(
                    pointer,
                    true,
                    $"It is another kind of type: {narrowType.Name} and {wideType.Name} have nothing in common.");
                break;
        }
    }

    private void CompareCases(List<NamedTypeSchema> cases, List<NamedTypeSchema> wideCases, string pointer)
    {
        CompareValues(
            [.. cases.Select(one => one.Tag)], [.. wideCases.Select(one => one.Tag)], SameTag,
            tag => tag is null ? "an object without discriminator" : $"{tag.Name} {Show(tag.Value)}", pointer);
        foreach (var one in cases)
        {
            if (wideCases.FirstOrDefault(other => SameTag.Equals(other.Tag, one.Tag)) is { } other)
            {
                CompareNamed(one, other, $"{pointer}/{one.Name}");
            }
        }
    }

    private void CompareValues<T>(
        IReadOnlyList<T> values, IReadOnlyList<T> wideValues, IEqualityComparer<T> comparer, Func<T, string> show,
        string pointer)
    {
        foreach (var value in values.Except(wideValues, comparer))
        {
            Add(
                pointer,
                true,
                isInput
                    ? $"{show(value)} is no longer taken."
                    : $"{show(value)} may be answered, which callers do not know.");
        }

        foreach (var value in wideValues.Except(values, comparer))
        {
            Add(pointer, false, isInput ? $"{show(value)} is taken too." : $"{show(value)} is no longer answered.");
        }
    }

    private static string Show(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();

    private static readonly EqualityComparer<TagSchema?> SameTag = EqualityComparer<TagSchema?>.Create(
        (one, other) =>
            one?.Name == other?.Name && JsonValues.Comparer.Equals(one?.Value ?? default, other?.Value ?? default),
        tag => tag is null ? 0 : tag.Name.GetHashCode(StringComparison.Ordinal));

    private static bool MayBeNull(TypeSchema type) => type.Nullable || type.Kind == TypeKind.Any;

    private static string Name(TypeSchema type) => type.Ref ?? type.Kind.ToString();

    private void Add(string pointer, bool isBreaking, string reason) =>
        changes.Add(new SchemaChange(pointer, isBreaking, reason));
}
