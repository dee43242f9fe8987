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

    /// <summary>Whether JSON has all items: it has no NaN, no infinities and no halves of characters.</summary>
    public static bool FitsJson<T>(ReadOnlySpan<T> items)
    {
        foreach (var item in items)
        {
            if (!IsInJson(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all bytes of booleans are 0 or 1; other items may have any.</summary>
    public static bool AreValid<T>(ArrayItems items)
    {
        for (long at = 0; typeof(T) == typeof(bool) && at < items.Length; at += int.MaxValue)
        {
            if (items.At(at, (int)Math.Min(int.MaxValue, items.Length - at)).ContainsAnyExceptInRange<byte>(0, 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Items are stored as little-endian processors have them in memory.</summary>
    /// <exception cref="EnvelopeException">This processor is none.</exception>
    public static void EnsureLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                "Arrays of state are stored little-endian, and this processor is big-endian. Use another machine.");
        }
    }

    private static bool IsInJson<T>(T item) => item switch
    {
        float single => float.IsFinite(single),
        double number => double.IsFinite(number),
        Half half => Half.IsFinite(half),
        char unit => !char.IsSurrogate(unit),
        _ => true,
    };
}
