using System.Text;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>The text of a JSON string.</summary>
internal readonly ref struct JsonText
{
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

    /// <summary>The text, which is valid.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}
