namespace EnvelopeSdk.Vocabulary;

/// <summary>The keywords with which a schema says what a value must fulfil beside its type.</summary>
internal static class Keywords
{
    public const string Minimum = "minimum";
    public const string Maximum = "maximum";
    public const string ExclusiveMinimum = "exclusiveMinimum";
    public const string ExclusiveMaximum = "exclusiveMaximum";
    public const string MinLength = "minLength";
    public const string MaxLength = "maxLength";
    public const string MinItems = "minItems";
    public const string MaxItems = "maxItems";
    public const string MinProperties = "minProperties";
    public const string MaxProperties = "maxProperties";
    public const string Pattern = "pattern";

    /// <summary>The only values.</summary>
    public const string Allowed = "enum";

    /// <summary>Values that it does not have; JSON Schema says it with <c>not</c>.</summary>
    public const string Denied = "denied";

    /// <summary>Whether of two of them the greater one is the stronger one.</summary>
    public static bool IsLowerBound(string keyword) =>
        keyword is Minimum or ExclusiveMinimum or MinLength or MinItems or MinProperties;

    /// <summary>Whether of two of them the lesser one is the stronger one.</summary>
    public static bool IsUpperBound(string keyword) =>
        keyword is Maximum or ExclusiveMaximum or MaxLength or MaxItems or MaxProperties;

    /// <summary>Whether a value that equals the bound is beyond it.</summary>
    public static bool IsExclusive(string keyword) => keyword is ExclusiveMinimum or ExclusiveMaximum;
}
