using System.ComponentModel;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Reads a value of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="input">At the first token of the value; left at its last.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T JsonRead<T>(ref JsonInput input);
