namespace EnvelopeSdk.Envelopes;

/// <summary>Where the code of a model lies in its envelope.</summary>
internal static class CodePaths
{
    /// <summary>
    /// What begins the path of an assembly that is referenced, <c>code/Library.dll</c>, and of its satellites,
    /// <c>code/de/Library.resources.dll</c>.
    /// </summary>
    public const string Referenced = "code/";

    /// <summary>
    /// What begins the path of a library that lies beside the program, native or loaded by its path:
    /// <c>beside/plugins/Rules.dll</c> lies in <c>plugins</c> of the program's folder.
    /// </summary>
    public const string Beside = "beside/";
}
