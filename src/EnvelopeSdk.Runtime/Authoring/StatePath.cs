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
    /// </summary>
    public const int JsonVersion = 1;

    /// <summary>Its one file.</summary>
    public const string JsonFile = "value.json";

    public static string Of(string parameter, string file) => $"state/{parameter}/{file}";
}
