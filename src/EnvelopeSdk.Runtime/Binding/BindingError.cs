using System.ComponentModel;

namespace EnvelopeSdk.Binding;

/// <summary>One place in a JSON text that does not have the form its schema asks for.</summary>
/// <param name="Pointer">
/// The JSON pointer (RFC 6901) of the value; empty for the whole text. It has names of members as they came, the
/// beginning of long ones.
/// </param>
/// <param name="Expected">What the schema asks for, in words.</param>
/// <param name="Actual">What kind of value came; it may say a number or a length, and never a string.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record BindingError(string Pointer, string Expected, string Actual)
{
    /// <summary>The error as a sentence.</summary>
    public string Detail => $"Expected {Expected}, got {Actual}.";

    /// <summary>The pointer and the sentence.</summary>
    public override string ToString() => $"{(Pointer.Length == 0 ? "(whole body)" : Pointer)}: {Detail}";
}
