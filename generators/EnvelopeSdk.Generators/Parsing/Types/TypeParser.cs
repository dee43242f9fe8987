using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>
/// Derives what JSON values a C# type stands for. One parser serves one model, whose named types it collects.
/// </summary>
/// <param name="tables">The codecs of the types that are tables.</param>
/// <param name="project">The assembly of the model.</param>
internal sealed class TypeParser(Codecs tables, IAssemblySymbol project)
{
    private readonly NamedTypes _types = new();
    private readonly Growth _growth = new();
    private readonly SortedSet<string> _marks = new(StringComparer.Ordinal);

    /// <summary>The enums, objects and unions met up to now, sorted by name.</summary>
    public IEnumerable<NamedTypeSpec> Named => _types.All;

    /// <summary>
    /// The ids of the warnings that generated code gives where it uses what was met up to now, sorted.
    /// </summary>
    public IEnumerable<string> Marks => _marks;

    public static TypeParser Of(INamedTypeSymbol model) =>
        new(Codecs.Of(model.ContainingAssembly, KnownNames.TableCodecAttribute), model.ContainingAssembly);

    public NamedTypeSpec? Find(string name) => _types.Find(name);

    /// <summary>The type that has a name.</summary>
    public INamedTypeSymbol SymbolOf(string name) => _types.SymbolOf(name);

    /// <summary>Keeps which warnings the use of a type gives.</summary>
    public void Use(INamedTypeSymbol type) => _marks.UnionWith(UseMarks.Ids(type));

    /// <summary>Parses a type.</summary>
    /// <param name="type">The type, with its nullable annotation.</param>
    /// <param name="reason">Why it cannot be served, if the result is null.</param>
    /// <param name="forms">What attributes say of the values in it.</param>
    public TypeSpec? Parse(ITypeSymbol type, out Reason reason, Forms forms = default)
    {
        reason = default;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Parse(nullable.TypeArguments[0], out reason, forms) is { } underlying
                ? underlying with { CSharp = underlying.CSharp + "?", Nullable = true }
                : null;
        }

        var isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        if (ScalarTypes.Of(type) is { } scalar)
        {
            return new ScalarSpec(type.ToCode(), isNullable, scalar, scalar.IsNumber ? forms.Numbers : 0);
        }

        return type switch
        {
            IArrayTypeSymbol array => Array(array, isNullable, forms, out reason),
            INamedTypeSymbol { IsTupleType: true } tuple => Tuple(tuple, out reason),
            INamedTypeSymbol named => NamedType(named, isNullable, forms, out reason),
            _ => Refuse(type, out reason),
        };
    }

    /// <summary>Parses the type of a parameter or answer.</summary>
    /// <param name="type">The type, with its nullable annotation.</param>
    /// <param name="parameter">The parameter's name; null for the answer.</param>
    /// <param name="reason">Why it cannot be served, if the result is null.</param>
    /// <param name="forms">What the attributes of the parameter or answer say of the values in it.</param>
    public TypeSpec? ParseWhole(ITypeSymbol type, string? parameter, out Reason reason, Forms forms)
    {
        if (tables.Find(type) is not { } codec)
        {
            return Parse(type, out reason, forms);
        }

        reason = default;
        return new TableSpec(
            type.ToCode(), type.NullableAnnotation == NullableAnnotation.Annotated, codec.ToCode(), parameter);
    }

    /// <summary>Parses the object that stands for one type of a union.</summary>
    public NamedSpec? ParseCase(INamedTypeSymbol type, INamedTypeSymbol union, TagSpec? tag, out Reason reason)
    {
        reason = WhyNotRead(type);
        if (!reason.IsNone)
        {
            return null;
        }

        Use(type);
        var code = Plain(type);
        return Register(
            $"{code} in {Plain(union)}", TypeNames.Short(union) + TypeNames.Short(type), type, code, false,
            (string name, out Reason why) => ObjectParser.Parse(type, name, code, this, tag, out why), out reason);
    }

    private Reason WhyNotRead(INamedTypeSymbol type) =>
        _growth.WhyEndless(type) is { IsNone: false } endless ? endless
        : Vastness.WhyTooLarge(type) is { IsNone: false } large ? large
        : OneName.WhyNot(type, project) is { } why ? new(RuleIds.NoJsonForm, $"{type.Name} {why}")
        : default;

    private static TypeSpec? Refuse(ITypeSymbol type, out Reason reason)
    {
        reason = Refusals.WhyNotServable(type);
        return null;
    }

    private TypeSpec? Array(IArrayTypeSymbol array, bool isNullable, Forms forms, out Reason reason)
    {
        if (Item(array.ElementType, forms, out reason) is not { } element)
        {
            return null;
        }

        return array.Rank == 1
            ? new CollectionSpec(array.ToCode(), isNullable, element, CollectionShape.Array)
            : new TensorSpec(array.ToCode(), isNullable, element, array.Rank, TensorShape.Array);
    }

    private TypeSpec? Item(ITypeSymbol item, Forms forms, out Reason reason)
    {
        if (Parse(item, out reason, forms) is { } element)
        {
            return element;
        }

        reason = reason.In($"its items of type {item.ToReadable()}");
        return null;
    }

    private TypeSpec? NamedType(INamedTypeSymbol type, bool isNullable, Forms forms, out Reason reason)
    {
        var name = $"{type.ContainingNamespace}.{type.Name}";
        if (type.Arity == 1 && CollectionShapes.Collection(name) is { } list)
        {
            return Collection(type, list, isNullable, forms, out reason);
        }

        if (type.Arity == 2 && CollectionShapes.Map(name) is { } map)
        {
            return Map(type, map, isNullable, forms, out reason);
        }

        if (name == CollectionShape.JsonArray.Type || name == CollectionShape.JsonObject.Type)
        {
            reason = default;
            return Open(type.ToCode(), isNullable, name);
        }

        if (type.Arity == 1 && name == KnownNames.Tensor)
        {
            return Tensor(type, isNullable, forms, out reason);
        }

        reason = WhyNotRead(type) is { IsNone: false } unread ? unread
            : tables.Find(type) is not null ? Refusals.NestedTable
            : Refusals.WhyNotAnObject(type);
        if (!reason.IsNone)
        {
            return null;
        }

        Use(type);
        var code = Plain(type);
        return Register(
            code, TypeNames.Short(type), type, type.ToCode(), isNullable,
            (string unique, out Reason why) => type switch
            {
                { TypeKind: TypeKind.Enum } => EnumParser.Parse(type, unique, code, out why),
                _ when UnionParser.IsUnion(type) => UnionParser.Parse(type, unique, code, this, out why),
                _ => ObjectParser.Parse(type, unique, code, this, null, out why),
            },
            out reason);
    }

    private CollectionSpec? Collection(
        INamedTypeSymbol type, CollectionShape shape, bool isNullable, Forms forms, out Reason reason)
    {
        var itemType = type.TypeArguments[0];
        if (Item(itemType, forms, out reason) is not { } item)
        {
            return null;
        }

        if (shape.Name is "SortedSet" or "ImmutableSortedSet" && !itemType.IsComparable())
        {
            var readable = itemType.ToReadable();
            reason = new(
                RuleIds.NoJsonForm,
                $"its items of type {readable} have no order to be sorted in; use List<{readable}>, or items that "
                    + "implement IComparable");
            return null;
        }

        return new CollectionSpec(type.ToCode(), isNullable, item, shape);
    }

    /// <summary>An array or object whose parts are left open.</summary>
    private static TypeSpec Open(string code, bool isNullable, string name)
    {
        var part = new ScalarSpec($"global::{ScalarKind.Node.Type}?", true, ScalarKind.Node);
        return name == CollectionShape.JsonArray.Type
            ? new CollectionSpec(code, isNullable, part, CollectionShape.JsonArray)
            : new MapSpec(
                code, isNullable, new ScalarSpec("string", false, ScalarKind.String), part, CollectionShape.JsonObject);
    }

    private TensorSpec? Tensor(INamedTypeSymbol type, bool isNullable, Forms forms, out Reason reason)
    {
        if (Item(type.TypeArguments[0], forms, out reason) is not { } item)
        {
            return null;
        }

        reason = forms.Rank is < 1 or > 32
            ? new(
                RuleIds.NoJsonForm,
                "its type does not say how many dimensions it has, so no schema says how deep its arrays are nested; "
                    + "mark it with [TensorRank(n)], n from 1 to 32")
            : item is not ScalarSpec { Nullable: false, Kind: { IsNumber: true } or { Method: "Boolean" } }
            ? new(
                RuleIds.NoJsonForm,
                $"its items of type {type.TypeArguments[0].ToReadable()} are not numbers or bool; use an array such as "
                    + "T[,]")
            : default;
        return !reason.IsNone ? null : new TensorSpec(type.ToCode(), isNullable, item, forms.Rank, TensorShape.Tensor);
    }

    private MapSpec? Map(INamedTypeSymbol type, CollectionShape shape, bool isNullable, Forms forms, out Reason reason)
    {
        var (keyType, valueType) = (type.TypeArguments[0], type.TypeArguments[1]);
        var key = Parse(keyType, out reason);
        if (key is not ScalarSpec { Nullable: false, Kind.IsKey: true } and not NamedSpec { Nullable: false }
            || (key is NamedSpec named && Find(named.Name) is not EnumSpec { IsFlags: false }))
        {
            reason = new(
                RuleIds.UnservedKey,
                $"its keys of type {keyType.ToReadable()} cannot be the member names of a JSON object; use string, an "
                    + "integer type, Guid or an enum without [Flags]");
            return null;
        }

        if (Parse(valueType, out reason, forms) is { } value)
        {
            return new MapSpec(type.ToCode(), isNullable, key, value, shape);
        }

        reason = reason.In($"its values of type {valueType.ToReadable()}");
        return null;
    }

    private NamedSpec? Tuple(INamedTypeSymbol tuple, out Reason reason)
    {
        if (tuple.TupleElements.FirstOrDefault(
            element => element.IsImplicitlyDeclared || !element.IsExplicitlyNamedTupleElement) is not null)
        {
            reason = new(
                RuleIds.UnnamedElement,
                "its elements have no names, so JSON has none for its members; name them, as in "
                    + "(float Low, float High)");
            return null;
        }

        reason = Vastness.WhyTooLarge(tuple);
        if (!reason.IsNone)
        {
            return null;
        }

        var code = tuple.ToCode();
        var name = string.Join("And", tuple.TupleElements.Select(element => TypeNames.ToPascalCase(element.Name)));
        return Register(
            code, name, tuple, code, false,
            (string unique, out Reason why) => ObjectParser.ParseTuple(tuple, unique, code, this, out why),
            out reason);
    }

    private NamedSpec? Register(
        string key,
        string name,
        INamedTypeSymbol type,
        string code,
        bool isNullable,
        NamedTypes.Parser parse,
        out Reason reason) =>
        _types.GetOrAdd(key, name, type, parse, out reason) is { } unique
            ? new NamedSpec(code, isNullable, unique)
            : null;

    private static string Plain(INamedTypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToCode();
}
