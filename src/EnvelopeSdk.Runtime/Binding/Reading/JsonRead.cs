using System.ComponentModel;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>Reads a value of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="input">
/// At the first byte of the value; left behind its last one, also when the value is wrong, unless the reading has ended.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T JsonRead<T>(ref JsonInput input);
