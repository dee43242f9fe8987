using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Emission;
using EnvelopeSdk.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Values that alone are allowed, or that are not.</summary>
internal static class ValuesConstraint
{
    public static IEnumerable<ConstraintSpec>? Of(AttributeData attribute, TypeSpec type, bool allowed)
    {
        var values = Of(attribute).ToList();
        if (type is not ScalarSpec scalar || values.Count == 0 || !values.All(value => Fits(value, scalar)))
        {
            return null;
        }

        var json = values.Select(value => value.IsNull ? "null" : DefaultValue.ToJson(value.Value!)!).ToList();
        var present = values.Where(value => !value.IsNull).ToList();
        var holds = present.Count == 0 ? (allowed ? "false" : "true") : allowed
            ? string.Join(" || ", present.Select(value => $"{{0}} == {Literal(value, scalar)}"))
            : string.Join(" && ", present.Select(value => $"{{0}} != {Literal(value, scalar)}"));
        var list = string.Join(", ", json);
        return [new ConstraintSpec(allowed ? "enum" : "denied", $"[{string.Join(",", json)}]", $"({holds})", allowed ? $"one of {list}" : $"none of {list}")];
    }

    /// <summary>The values that an attribute lists; none where null stands for the whole list.</summary>
    public static IEnumerable<TypedConstant> Of(AttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(argument => argument.Kind != TypedConstantKind.Array ? [argument] : argument.IsNull ? [] : argument.Values);

    /// <summary>A constant of the type, or null where null is a value of it.</summary>
    private static bool Fits(TypedConstant value, ScalarSpec type) => value switch
    {
        { IsNull: true } => type.Nullable,
        { Value: string text } => type.Kind.Method == "String" && JsonText.CanCarry(text),
        { Value: bool } => type.Kind.Method == "Boolean",
        { Value: float or double } => type.Kind.IsNumber && !type.Kind.IsInteger && DefaultValue.ToJson(value.Value!) is not null,
        { Kind: TypedConstantKind.Primitive, Value: not char } => type.Kind.IsNumber,
        _ => false,
    };

    private static string Literal(TypedConstant value, ScalarSpec type)
    {
        var code = DefaultValue.ToCode(value.Value!);
        return type.Kind.IsNumber ? $"({type.NonNull})({code})" : code;
    }
}
