namespace EnvelopeSdk.Generators.Model;

/// <summary>
/// What a comment says of a part of the API. A compiled assembly has no comments, so the fingerprint knows nothing of
/// it.
/// </summary>
/// <param name="Summary">What it is.</param>
/// <param name="Remarks">More about it.</param>
/// <param name="Unit">The unit of its numbers.</param>
/// <param name="Example">A value of it: what the comment has, which may be no JSON.</param>
internal sealed record DocumentationSpec(
    string? Summary, string? Remarks = null, string? Unit = null, string? Example = null)
{
    public static readonly DocumentationSpec None = new(Summary: null);
}
