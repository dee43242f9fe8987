namespace EnvelopeSdk.Binding.Numbers;

/// <summary>
/// In which forms JSON may have a number, beside its own: those of
/// <see cref="System.Text.Json.Serialization.JsonNumberHandling"/>.
/// </summary>
[Flags]
public enum NumberForms
{
    /// <summary>Only as a number of JSON.</summary>
    None = 0,

    /// <summary>A string that holds a number is read as well.</summary>
    AllowReadingFromString = 1,

    /// <summary>It is written as a string.</summary>
    WriteAsString = 2,

    /// <summary>
    /// The strings <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> stand for the floating-point values of these names.
    /// </summary>
    AllowNamedFloatingPointLiterals = 4,
}
