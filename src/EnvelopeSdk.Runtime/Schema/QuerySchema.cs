namespace EnvelopeSdk.Schema;

/// <summary>One predict method.</summary>
public sealed record QuerySchema
{
    /// <summary>The name it is served under.</summary>
    public required string Name { get; init; }

    /// <summary>The documentation summary of the method.</summary>
    public string? Description { get; init; }

    /// <summary>More about it.</summary>
    public string? Remarks { get; init; }

    /// <summary>The members of the JSON object that a caller sends, in the order of the method's parameters.</summary>
    public required IReadOnlyList<MemberSchema> Parameters { get; init; }

    /// <summary>The JSON value that it answers; of a stream, each of its items.</summary>
    public required TypeSchema Returns { get; init; }

    /// <summary>Whether it answers a stream of items, however many, in place of one value.</summary>
    public bool Stream { get; init; }

    /// <summary>The documentation of the return value.</summary>
    public string? ReturnsDescription { get; init; }

    /// <summary>The unit of the answer's numbers, such as <c>USD</c>.</summary>
    public string? ReturnsUnit { get; init; }

    /// <summary>
    /// For a query that takes or answers a table: the method of the model class that records an example of it, which
    /// saving needs.
    /// </summary>
    public string? Recorder { get; init; }
}
