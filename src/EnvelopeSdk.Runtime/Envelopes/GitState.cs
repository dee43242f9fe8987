namespace EnvelopeSdk.Envelopes;

/// <summary>The state of a git work tree.</summary>
/// <param name="Commit">The full hash of the commit that is checked out.</param>
/// <param name="Dirty">
/// Whether tracked files differ from it, or files lie there that git neither tracks nor ignores.
/// </param>
public sealed record GitState(string Commit, bool Dirty);
