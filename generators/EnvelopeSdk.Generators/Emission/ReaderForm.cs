using System;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>What the methods that read objects and enums read them from.</summary>
/// <param name="Input">The parameter that they read.</param>
/// <param name="Verb">What the names of the methods of objects begin with.</param>
/// <param name="Read">The expression that reads a value.</param>
internal sealed record ReaderForm(string Input, string Verb, Func<TypeSpec, string> Read)
{
    /// <summary>A text.</summary>
    public static readonly ReaderForm Json = new(JsonReaderEmitter.Input, "Read", JsonReaderEmitter.Read);

    /// <summary>The columns of a row.</summary>
    public static readonly ReaderForm Row = new(RowReaderEmitter.Input, "Members", RowReaderEmitter.Read);
}
