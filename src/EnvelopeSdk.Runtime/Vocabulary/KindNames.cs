namespace EnvelopeSdk.Vocabulary;

/// <summary>
/// What a schema calls the kinds of values that are no numbers; those of numbers are in <see cref="NumberKinds"/>.
/// </summary>
internal static class KindNames
{
    public const string Boolean = "boolean";
    public const string String = "string";
    public const string Char = "char";
    public const string Uuid = "uuid";
    public const string Uri = "uri";
    public const string Version = "version";
    public const string DateTime = "date-time";
    public const string DateTimeOffset = "date-time-offset";
    public const string Date = "date";
    public const string Time = "time";
    public const string Duration = "duration";
    public const string Bytes = "bytes";
    public const string Any = "any";
    public const string Value = "value";
    public const string Primitive = "primitive";
    public const string Map = "map";
    public const string Tensor = "tensor";
    public const string Array = "array";
    public const string Ref = "ref";
    public const string Table = "table";
}
