using System.Buffers;
using System.Text;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>The text of a JSON string.</summary>
internal readonly ref struct JsonText
{
    private const int MostOnStack = 128;

    // What stands for a text that is not Unicode: no text of JSON equals it.
    private static ReadOnlySpan<byte> Invalid => [0xFF];

    /// <summary>Resolves the escapes of a text.</summary>
    /// <param name="raw">What stands between the quotes of a string that has been scanned.</param>
    /// <param name="isEscaped">Whether it has escapes.</param>
    public JsonText(ReadOnlySpan<byte> raw, bool isEscaped) =>
        Utf8 = !isEscaped ? raw : JsonEscape.TryResolve(raw, out var resolved) ? resolved : Invalid;

    /// <summary>The text; without escapes its bytes are as they came, valid or not.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>Whether it is valid Unicode: valid UTF-8, and no escaped half of a surrogate pair alone.</summary>
    public bool IsValid => System.Text.Unicode.Utf8.IsValid(Utf8);

    /// <summary>The text, if it is valid.</summary>
    public bool TryDecode(out string decoded)
    {
        if (Utf8.Length > MostOnStack && Ascii.IsValid(Utf8))
        {
            decoded = Encoding.Latin1.GetString(Utf8);
            return true;
        }

        // It has no more units of UTF-16 than bytes.
        char[]? lent = null;
        var units = Utf8.Length <= MostOnStack
            ? stackalloc char[MostOnStack] : lent = ArrayPool<char>.Shared.Rent(Utf8.Length);
        try
        {
            var isValid = System.Text.Unicode.Utf8.ToUtf16(
                Utf8, units, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done;
            decoded = isValid ? new string(units[..length]) : "";
            return isValid;
        }
        finally
        {
            if (lent is not null)
            {
                ArrayPool<char>.Shared.Return(lent);
            }
        }
    }

    /// <summary>The text, which is valid.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}
