using System.Reflection;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A compiled type with what its annotations say, at every depth. It is found by reflection, so it owes nothing to the parser under test.</summary>
/// <param name="Type">The type, without <see cref="Nullable{T}"/>.</param>
/// <param name="MayBeNull">Whether null is a value of it.</param>
/// <param name="MayBeNaN">Whether numbers in it may be other than finite.</param>
/// <param name="Parts">The items of an array, or the type arguments.</param>
internal sealed record Form(Type Type, bool MayBeNull, bool MayBeNaN, IReadOnlyList<Form> Parts)
{
    public static Form Of(ParameterInfo parameter) => Of(new NullabilityInfoContext().Create(parameter), parameter.ParameterType, null, false);

    /// <summary>A type that nothing is annotated with.</summary>
    public static Form Of(Type type) => new(type, false, false, [.. type.GetGenericArguments().Select(Of)]);

    /// <summary>What a property, a field or a parameter of a constructor of this type holds.</summary>
    public Form Member(string name, Type type, NullabilityInfo info, params ReadOnlySpan<ICustomAttributeProvider> attributes)
    {
        var named = MayBeNaN || HasNamedNumbers(Type);
        foreach (var provider in attributes)
        {
            named |= HasNamedNumbers(provider);
        }

        return Of(info, Type.IsGenericType ? Declared(name) ?? type : type, this, named);
    }

    private Type? Declared(string name)
    {
        var definition = Type.GetGenericTypeDefinition();
        return definition.GetProperties().FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))?.PropertyType;
    }

    private static bool HasNamedNumbers(ICustomAttributeProvider provider) => provider.GetCustomAttributes(typeof(JsonNumberHandlingAttribute), inherit: true)
        .Cast<JsonNumberHandlingAttribute>().Any(one => one.Handling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals));

    /// <summary>A type parameter stands for the argument with its annotation, which the member's own annotation does not repeat.</summary>
    private static Form Of(NullabilityInfo info, Type declared, Form? owner, bool named)
    {
        if (declared.IsGenericParameter && owner is not null)
        {
            return owner.Parts[declared.GenericParameterPosition] with { MayBeNaN = named };
        }

        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var parts = info.ElementType is { } element ? [element] : type == info.Type || info.GenericTypeArguments.Length == type.GetGenericArguments().Length && type.IsGenericType
            ? info.GenericTypeArguments : info.GenericTypeArguments.SelectMany(one => one.GenericTypeArguments);
        var plain = Nullable.GetUnderlyingType(declared) ?? declared;
        var inner = plain.IsArray ? [plain.GetElementType()!] : plain.GetGenericArguments();
        return new Form(type, info.ReadState == NullabilityState.Nullable, named, [.. parts.Zip(inner, (part, one) => Of(part, one, owner, named))]);
    }
}
