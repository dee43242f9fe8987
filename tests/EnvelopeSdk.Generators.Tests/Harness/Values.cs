using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Random values of a compiled type, made by reflection, the extremes of every part often. CsCheck takes what was drawn for one as its size, and so finds a small one that fails.</summary>
internal sealed class Values(Form form) : Gen<object?>
{
    private const int Deepest = 4;

    public override object? Generate(PCG pcg, Size? min, out Size size)
    {
        var scalars = new ScalarValues(pcg);
        var value = Make(form, scalars, 0);
        size = new Size((ulong)scalars.Draws);
        return value;
    }

    private static object? Make(Form form, ScalarValues scalars, int depth)
    {
        if (form.MayBeNull && (depth > Deepest || scalars.Next(4) == 0))
        {
            return null;
        }

        return scalars.Of(form.Type, form.MayBeNaN) ?? (form.Type switch
        {
            { IsArray: true } array => Array(array, Items(form, scalars, depth)),
            _ when form.Type.IsAssignableTo(typeof(ITuple)) => Object(form, scalars, depth),
            _ when form.Type.FindInterfaces((one, _) => one == typeof(IEnumerable), null).Length > 0 && form.Parts.Count == 2 => Map(form, scalars, depth),
            { IsGenericType: true, Namespace: { } space } when space.StartsWith("System", StringComparison.Ordinal) && form.Parts.Count == 1 => Collection(form, Items(form, scalars, depth)),
            _ => Object(Union(form.Type, scalars) is { } derived ? Form.Of(derived) : form, scalars, depth),
        });
    }

    private static Array Items(Form form, ScalarValues scalars, int depth)
    {
        var count = depth > Deepest ? 0 : scalars.Next(4);
        var item = form.Type.IsArray ? form.Type.GetElementType()! : form.Type.GetGenericArguments()[0];
        var items = System.Array.CreateInstance(item, count);
        for (var i = 0; i < count; i++)
        {
            items.SetValue(Make(form.Parts[0], scalars, depth + 1), i);
        }

        return items;
    }

    /// <summary>An array of several dimensions holds the items again and again, or none.</summary>
    private static Array Array(Type type, Array items)
    {
        if (type.GetArrayRank() == 1)
        {
            return items;
        }

        // An outer dimension without items has no inner ones in JSON, so those are empty too.
        var lengths = Enumerable.Range(0, type.GetArrayRank()).Select(level => items.Length == 0 ? 0 : (items.Length + level) % 3 + 1).ToArray();
        var array = System.Array.CreateInstance(type.GetElementType()!, lengths);
        var place = new int[lengths.Length];
        for (var i = 0; i < array.Length; i++)
        {
            for (var (level, rest) = (lengths.Length - 1, i); level >= 0; rest /= lengths[level], level--)
            {
                place[level] = rest % lengths[level];
            }

            array.SetValue(items.GetValue(i % items.Length), place);
        }

        return array;
    }

    private static object Collection(Form form, Array items) => Made(form.Type, items) ?? Activator.CreateInstance(
        !form.Type.IsInterface ? form.Type : (form.Type.Name.Contains("Set", StringComparison.Ordinal) ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(form.Type.GetGenericArguments()), items)!;

    private static object Map(Form form, ScalarValues scalars, int depth)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(form.Type.GetGenericArguments()))!;
        for (var i = depth > Deepest ? 0 : scalars.Next(4); i > 0; i--)
        {
            map[scalars.Of(form.Parts[0].Type, false)!] = Make(form.Parts[1], scalars, depth + 1);
        }

        return form.Type.IsInstanceOfType(map) ? map : Made(form.Type, map) ?? Activator.CreateInstance(form.Type, map)!;
    }

    /// <summary>Immutable and frozen collections are made by a static class of the same name.</summary>
    private static object? Made(Type type, object items)
    {
        var name = type.Name.Split('`')[0];
        var maker = type.Namespace is not ("System.Collections.Immutable" or "System.Collections.Frozen") ? null
            : type.Assembly.GetType($"{type.Namespace}.{(type.IsInterface ? name[1..].Replace("ImmutableSet", "ImmutableHashSet", StringComparison.Ordinal) : name)}");
        var method = maker?.GetMethods().Single(one => (one.Name, one.GetParameters().Length) is ("CreateRange", 1) or ("ToFrozenSet" or "ToFrozenDictionary", 2) && one.GetParameters()[0].ParameterType is { IsInterface: true, Name: "IEnumerable`1" });
        return method?.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, method.GetParameters().Length == 1 ? [items] : [items, null]);
    }

    private static Type? Union(Type type, ScalarValues scalars)
    {
        var derived = type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(one => one.DerivedType).ToList();
        return derived.Count == 0 ? null : (derived.Concat(type.IsAbstract ? [] : [type]).ToList() is var all ? all[scalars.Next(all.Count)] : null);
    }

    private static object Object(Form form, ScalarValues scalars, int depth)
    {
        var context = new NullabilityInfoContext();
        var constructor = Constructor(form.Type);
        var parameters = constructor?.GetParameters() ?? [];
        var made = constructor is null ? Activator.CreateInstance(form.Type)! : constructor.Invoke([.. parameters.Select(one =>
            Make(form.Member(one.Name!, one.ParameterType, context.Create(one), one, Property(form.Type, one) ?? (ICustomAttributeProvider)one), scalars, depth + 1))]);
        foreach (var property in form.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(one =>
            one.SetMethod is { IsPublic: true } && one.GetMethod is { IsPublic: true } && one.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always } && !parameters.Any(parameter => Property(form.Type, parameter) == one)))
        {
            var value = property.GetCustomAttribute<JsonExtensionDataAttribute>() is null
                ? Make(form.Member(property.Name, property.PropertyType, context.Create(property), property), scalars, depth + 1)
                : Extension(scalars);
            property.SetValue(made, value);
        }

        foreach (var field in form.Type.GetFields(BindingFlags.Instance | BindingFlags.Public).Where(one => form.Type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) || one.GetCustomAttribute<JsonIncludeAttribute>() is not null))
        {
            var part = field.Name == "Rest" ? form.Parts[7] : field.Name.StartsWith("Item", StringComparison.Ordinal) ? form.Parts[field.Name[4] - '1'] : form.Member(field.Name, field.FieldType, context.Create(field), field);
            field.SetValue(made, Make(part, scalars, depth + 1));
        }

        return IsWhole(made) ? made : Object(form, scalars, depth);
    }

    /// <summary>A type may compute what it cannot compute of all values, such as a sum that is out of range; those are values of nobody.</summary>
    private static bool IsWhole(object value)
    {
        try
        {
            return value.GetType().GetProperties().Count(one => one.GetIndexParameters().Length == 0 && one.GetValue(value) is null) >= 0;
        }
        catch (TargetInvocationException)
        {
            return false;
        }
    }

    /// <summary>Members that no declaration knows: each has a name that no declared member has.</summary>
    private static Dictionary<string, JsonElement>? Extension(ScalarValues scalars) => scalars.Next(3) == 0 ? null
        : Enumerable.Range(0, scalars.Next(3)).ToDictionary(i => $"more{i}{scalars.Of(typeof(string), false)}", _ => (JsonElement)scalars.Of(typeof(JsonElement), false)!);

    private static ConstructorInfo? Constructor(Type type)
    {
        var all = type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) ? [] : type.GetConstructors();
        return all.FirstOrDefault(one => one.GetCustomAttribute<JsonConstructorAttribute>() is not null)
            ?? all.FirstOrDefault(one => one.GetParameters().Length == 0)
            ?? all.FirstOrDefault(one => one.GetParameters() is not [var only] || only.ParameterType != type);
    }

    private static PropertyInfo? Property(Type type, ParameterInfo parameter) =>
        type.GetProperties().Where(one => string.Equals(one.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)).OrderBy(one => one.Name != parameter.Name).FirstOrDefault();
}
