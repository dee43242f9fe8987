namespace EnvelopeSdk.Authoring;

/// <summary>
/// Where the value of a constructor parameter lies in an envelope, and how JSON is named among the codecs.
/// </summary>
internal static class StatePath
{
    /// <summary>The codec of plain data.</summary>
    public const string JsonCodec = "json";

    /// <summary>
    /// The version of its form: the JSON that <see cref="Binding.Writing.JsonOutput"/> writes of the parameter's type.
    /// In version 1 all arrays are in it; in version 2 there may be a number in the place of one.
    /// </summary>
    public const int JsonVersion = 2;

    /// <summary>The JSON.</summary>
    public const string JsonFile = "value.json";

    /// <summary>The arrays that are not in the JSON, as safetensors; absent when there are none.</summary>
    public const string ArraysFile = "arrays.safetensors";

    public static string Of(string parameter, string file) => $"state/{parameter}/{file}";
}
