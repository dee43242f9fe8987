namespace EnvelopeSdk.Schema;

/// <summary>One difference between the schemas of two envelopes, as a caller of the older one meets it.</summary>
/// <param name="Pointer">
/// Where: a JSON pointer (RFC 6901) into the queries, such as <c>/predict/parameters/carat</c> or
/// <c>/predict/returns/items/price</c>.
/// </param>
/// <param name="IsBreaking">
/// Whether a call that was right is refused, or an answer comes that could not come before.
/// </param>
/// <param name="Reason">What changed, and what it means for a caller.</param>
public sealed record SchemaChange(string Pointer, bool IsBreaking, string Reason);
