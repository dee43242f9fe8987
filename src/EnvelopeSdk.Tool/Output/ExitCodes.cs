namespace EnvelopeSdk.Tool.Output;

/// <summary>What the command ends with: the one table, of which the help and the README tell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int NotSound = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Damaged = 4;
    public const int Unavailable = 5;
    public const int UnknownVersion = 6;
    public const int Interrupted = 130;

    /// <summary>Each code and what it says.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done"),
        (NotSound, "what was examined is not sound, not signed by a trusted key, or breaks callers; a deployment failed"),
        (Usage, "the arguments are wrong"),
        (NotFound, "an envelope, a file or a store is not there"),
        (Damaged, "what is stored is not what was saved"),
        (Unavailable, "a store, a registry or a file cannot be read or written just now"),
        (UnknownVersion, "it was written by a newer version"),
        (Interrupted, "interrupted"),
    ];

    /// <summary>
    /// Whether it is a failure that ends as one line and a code; anything else is a fault of the tool.
    /// </summary>
    public static bool IsExpected(Exception failure) =>
        failure is EnvelopeException or IOException or UnauthorizedAccessException or OperationCanceledException;

    public static int Of(Exception failure) => failure switch
    {
        OperationCanceledException => Interrupted,
        EnvelopeException known => known.Error switch
        {
            EnvelopeError.Invalid => Usage,
            EnvelopeError.NotFound => NotFound,
            EnvelopeError.Damaged => Damaged,
            EnvelopeError.UnknownVersion => UnknownVersion,
            EnvelopeError.Unavailable => Unavailable,
            _ => NotSound,
        },
        FileNotFoundException or DirectoryNotFoundException => NotFound,
        _ => Unavailable,
    };

    /// <summary>The kind of failure, as JSON names it.</summary>
    public static string Name(Exception failure) => failure switch
    {
        OperationCanceledException => "interrupted",
        EnvelopeException known => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(known.Error.ToString()),
        FileNotFoundException or DirectoryNotFoundException => "notFound",
        _ => "unavailable",
    };
}
