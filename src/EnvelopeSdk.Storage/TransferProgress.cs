namespace EnvelopeSdk;

/// <summary>How far a transfer of an envelope is. What need not be moved, since it is there, counts as done.</summary>
/// <param name="Bytes">The bytes that are done: from 0 to <paramref name="Total"/>, never less than before.</param>
/// <param name="Total">The bytes of all files of the envelope and its record.</param>
public readonly record struct TransferProgress(long Bytes, long Total);
