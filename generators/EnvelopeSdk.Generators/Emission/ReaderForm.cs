using System;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>What the methods that read objects and enums read them from.</summary>
/// <param name="Input">The parameter that they read.</param>
/// <param name="Verb">What the names of the methods of objects begin with.</param>
/// <param name="Read">The expression that reads a value.</param>
/// <param name="HasShortWays">Whether what comes often, and plainly, is read by ways of its own.</param>
internal sealed record ReaderForm(string Input, string Verb, Func<TypeSpec, string> Read, bool HasShortWays = false)
{
    /// <summary>A text.</summary>
    public static readonly ReaderForm Json = new(JsonReaderEmitter.Input, "Read", JsonReaderEmitter.Read, true);

    /// <summary>
    /// The text of state, read by code that is compiled into a model: it outlives the platform, and so refers to as
    /// little of it as it can.
    /// </summary>
    public static readonly ReaderForm State = new(JsonReaderEmitter.Input, "Read", JsonReaderEmitter.Read);

    /// <summary>The columns of a row.</summary>
    public static readonly ReaderForm Row = new(RowReaderEmitter.Input, "Members", RowReaderEmitter.Read);
}
