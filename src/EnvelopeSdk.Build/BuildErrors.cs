namespace EnvelopeSdk.Build;

/// <summary>The ids of the errors that the targets report. An id is never given to another error.</summary>
internal static class BuildErrors
{
    public const string EnvelopeNotFound = "ENVB001";
    public const string EnvelopeDamaged = "ENVB002";
    public const string InvalidReference = "ENVB003";
    public const string NotOneEnvelope = "ENVB004";
    public const string AssemblyNameTaken = "ENVB005";
    public const string PackageChanged = "ENVB006";
    public const string PackageNotRestored = "ENVB007";
    public const string ProjectNotRestored = "ENVB008";
    public const string StoreUnavailable = "ENVB009";
    public const string NotNative = "ENVB010";
    public const string UnknownVersion = "ENVB011";
    public const string SchemaChanged = "ENVB012";
    public const string FrameworkNotServed = "ENVB013";
    public const string PackageCollision = "ENVB014";

    /// <summary>Reported by the targets themselves: no task of this assembly runs in such a project.</summary>
    public const string OtherLanguage = "ENVB015";

    public const string NotTrusted = "ENVB016";
    public const string KeyNotRead = "ENVB017";

    /// <summary>The id of a failure to read an envelope.</summary>
    public static string Of(EnvelopeError error) => error switch
    {
        EnvelopeError.NotFound => EnvelopeNotFound,
        EnvelopeError.Invalid => InvalidReference,
        EnvelopeError.Unavailable => StoreUnavailable,
        EnvelopeError.UnknownVersion => UnknownVersion,
        EnvelopeError.Untrusted => NotTrusted,
        _ => EnvelopeDamaged,
    };
}
