using System.ComponentModel;

namespace EnvelopeSdk.Binding;

/// <summary>One place in a JSON text that does not have the form its schema asks for.</summary>
/// <param name="Pointer">The JSON pointer (RFC 6901) of the value; empty for the whole text.</param>
/// <param name="Expected">What the schema asks for, in words.</param>
/// <param name="Actual">What kind of value came; never the value itself.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record BindingError(string Pointer, string Expected, string Actual)
{
    /// <summary>The error as a sentence.</summary>
    public string Detail => $"Expected {Expected}, got {Actual}.";

    /// <summary>The pointer and the sentence.</summary>
    public override string ToString() => $"{(Pointer.Length == 0 ? "(whole body)" : Pointer)}: {Detail}";
}
