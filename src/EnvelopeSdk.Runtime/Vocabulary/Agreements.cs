namespace EnvelopeSdk.Vocabulary;

/// <summary>What generated code and the platform that runs it have agreed on.</summary>
internal static class Agreements
{
    /// <summary>
    /// The number of the contract that generated code is written for, and the newest that the platform knows.
    /// </summary>
    public const int Contract = 3;

    /// <summary>
    /// The number of the vocabulary that schemas are written with, and the newest that the platform reads.
    /// </summary>
    public const int Vocabulary = 1;

    /// <summary>The key under which the assembly of a service says which schema its code was generated for.</summary>
    public const string ServedSchemaKey = "EnvelopeSdk.ServedSchema";
}
