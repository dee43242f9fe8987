using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Plain;

/// <summary>What an object of a user's own has.</summary>
internal static class PlainMembers
{
    private const string Cure = "Leave it out, with [JsonIgnore] on the property, or write what it is as a text.";

    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>Why an object is no plain data; null when it is.</summary>
    public static string? WhyUnwritable(object value) => value switch
    {
        Delegate => $"is a delegate ({value.GetType().Name}), which is code and no data. {Cure}",
        Stream or TextReader or TextWriter => $"is a {value.GetType().Name}, which is read or written once. {Cure}",
        Task or CancellationToken or SafeHandle or nint or nuint or Pointer or MemberInfo or Assembly or Thread =>
            $"is a {value.GetType().Name}, which means nothing outside this process. {Cure}",
        Array { Rank: > 1 } => "is an array of several dimensions. Write it as an array of arrays.",
        _ => null,
    };

    /// <summary>The entries of a dictionary; null for what is none.</summary>
    [RequiresUnreferencedCode(PlainJson.Trimming)]
    public static IEnumerable<DictionaryEntry>? EntriesOf(object value)
    {
        if (value is IDictionary dictionary)
        {
            return Entries(dictionary);
        }

        var pair = value.GetType().GetInterfaces().FirstOrDefault(
            type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
                || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>));
        return pair is null ? null : ((IEnumerable)value).Cast<object>().Select(one => new DictionaryEntry(
            one.GetType().GetProperty("Key")!.GetValue(one)!, one.GetType().GetProperty("Value")!.GetValue(one)));
    }

    /// <summary>The public properties and fields of an object, of its own type, whatever it is declared as.</summary>
    [RequiresUnreferencedCode(PlainJson.Trimming)]
    public static IEnumerable<(string Name, Func<object?> Get)> Of(object value)
    {
        var type = value.GetType();
        var properties = type.GetProperties(Public)
            .Where(one => one.GetMethod is { IsPublic: true } && one.GetIndexParameters().Length == 0)
            .GroupBy(one => one.Name) // a property that hides another one of its name stands for both
            .Select(same => same.MaxBy(one => Depth(one.DeclaringType))!)
            .Where(IsWritten)
            .Select(one => (NameOf(one), (Func<object?>)(() => one.PropertyType.IsByRefLike || one.PropertyType.IsByRef
                ? throw new NotSupportedException("it is a span or a reference")
                : one.GetValue(value))));
        var fields = type.GetFields(Public).Where(IsWritten)
            .Select(one => (NameOf(one), (Func<object?>)(() => one.GetValue(value))));
        return properties.Concat(fields);
    }

    private static IEnumerable<DictionaryEntry> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) // its own enumerator makes these, unlike that of Cast
        {
            yield return entry;
        }
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    private static bool IsWritten(MemberInfo member) =>
        member.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always };

    private static string NameOf(MemberInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? member.Name;
}
