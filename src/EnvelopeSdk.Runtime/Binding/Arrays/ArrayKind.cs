namespace EnvelopeSdk.Binding.Arrays;

/// <summary>The types of items that stored arrays have, by the names that safetensors has for them.</summary>
internal static class ArrayKind
{
    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(bool)] = "BOOL",
        [typeof(byte)] = "U8",
        [typeof(sbyte)] = "I8",
        [typeof(short)] = "I16",
        [typeof(ushort)] = "U16",
        [typeof(char)] = "U16",
        [typeof(int)] = "I32",
        [typeof(uint)] = "U32",
        [typeof(long)] = "I64",
        [typeof(ulong)] = "U64",
        [typeof(Half)] = "F16",
        [typeof(float)] = "F32",
        [typeof(double)] = "F64",
    };

    /// <summary>The name of a type of items. Its size is that of the type in memory.</summary>
    public static string Of<T>() => Names[typeof(T)];

    /// <summary>Whether JSON has numbers for all items: it has none for NaN and the infinities.</summary>
    public static bool FitsJson<T>(ReadOnlySpan<T> items)
    {
        foreach (var item in items)
        {
            if (!IsFinite(item))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsFinite<T>(T item) => item switch
    {
        float single => float.IsFinite(single),
        double number => double.IsFinite(number),
        Half half => Half.IsFinite(half),
        _ => true,
    };
}
