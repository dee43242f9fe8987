using System;
using System.Linq;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>
/// Knows the types whose values mean something only in the process that has them: addresses, code, running work and
/// resources.
/// </summary>
internal static class ProcessValues
{
    private static readonly string[] Addresses =
    [
        "System.IntPtr", "System.UIntPtr", "System.TypedReference", "System.WeakReference",
        "System.Runtime.InteropServices.GCHandle",
    ];

    private static readonly string[] Code =
    [
        "System.Type", "System.Delegate", "System.MulticastDelegate", "System.AppDomain", "System.RuntimeTypeHandle",
        "System.RuntimeMethodHandle", "System.RuntimeFieldHandle", "System.ModuleHandle",
    ];

    private static readonly string[] Resources = ["System.IDisposable", "System.IAsyncDisposable"];

    /// <summary>The reason; none for a type whose values can be told to another process.</summary>
    public static Reason WhyNotServable(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } or { IsRefLikeType: true } =>
            Of("it is an address", "use a value or an array"),
        _ when IsAny(type, Addresses) => Of("it is an address", "use a value or an array"),
        _ when type.TypeKind == TypeKind.Delegate
            || IsAny(type, Code)
            || type.IsInNamespace("System.Reflection")
            || type.IsInNamespace("System.Linq.Expressions") => Of("it is code"),
        _ when type.IsInNamespace("System.Threading") => Of("it belongs to running work"),
        _ when type.AllInterfaces.Append(type).Any(one => IsAny(one, Resources)) =>
            Of("it is a resource of the process"),
        _ => default,
    };

    private static Reason Of(string what, string cure = "use the data that it stands for") =>
        new(RuleIds.ProcessValue, $"{what}, which JSON cannot carry; {cure}");

    private static bool IsAny(ITypeSymbol type, string[] names) =>
        Array.IndexOf(names, $"{type.ContainingNamespace}.{type.Name}") >= 0;
}
