using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Types;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Constraints;

/// <summary>Values that alone are allowed, or that are not.</summary>
internal static class ValuesConstraint
{
    public static IEnumerable<ConstraintSpec>? Of(AttributeData attribute, TypeSpec type, bool allowed)
    {
        var values = Of(attribute).ToList();
        if (type is not ScalarSpec scalar || values.Count == 0 || !values.All(value => Fits(value, scalar))
            || LeavesNullOpen(values, type, allowed))
        {
            return null;
        }

        var json = values.Select(value => value.IsNull ? "null" : Json(value.Value!, scalar.Kind)!).ToList();
        var list = string.Join(", ", json);
        return
        [
            new ConstraintSpec(
                allowed ? Keywords.Allowed : Keywords.Denied,
                $"[{string.Join(",", json)}]",
                $"{(allowed ? "one" : "none")} of {list}")
            {
                Values = new(values.Where(value => !value.IsNull).Select(value => Constant(value.Value!, scalar.Kind))),
            },
        ];
    }

    private static ConstantSpec Constant(object value, ScalarKind kind) =>
        new(kind.IsNumber ? Json(value, kind)! : value);

    /// <summary>The values that an attribute lists; none where null stands for the whole list.</summary>
    public static IEnumerable<TypedConstant> Of(AttributeData attribute) =>
        attribute.ConstructorArguments.SelectMany(argument =>
            argument.Kind != TypedConstantKind.Array ? [argument] : argument.IsNull ? [] : argument.Values);

    /// <summary>
    /// Whether the type takes null and the list does not, or the other way round: one of the two is not meant.
    /// </summary>
    public static bool LeavesNullOpen(IEnumerable<TypedConstant> values, TypeSpec type, bool allowed) =>
        type.Nullable && values.Any(value => value.IsNull) != allowed;

    /// <summary>A constant of the type, or null where null is a value of it.</summary>
    private static bool Fits(TypedConstant value, ScalarSpec type) => value switch
    {
        { IsNull: true } => type.Nullable,
        { Value: string text } => type.Kind.SchemaKind == KindNames.String && JsonText.CanCarry(text),
        { Value: bool } => type.Kind.SchemaKind == KindNames.Boolean,
        { Kind: TypedConstantKind.Primitive, Value: not char } => type.Kind.IsNumber
            && Json(value.Value!, type.Kind) is { } number && !number.Contains("Infinity")
            && (!type.Kind.IsInteger || value.Value is not (float or double)) && IsWithin(number, type.Kind),
        _ => false,
    };

    private static bool IsWithin(string number, ScalarKind kind) =>
        NumberText.LimitsOf(kind) is not var (least, greatest)
        || (NumberOrder.Compare(number, least) >= 0 && NumberOrder.Compare(number, greatest) <= 0);

    private static string? Json(object value, ScalarKind kind) =>
        kind.IsNumber ? NumberText.Of(value, kind) : DefaultValue.ToJson(value);
}
