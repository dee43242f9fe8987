namespace EnvelopeSdk;

/// <summary>What became of something that an examination of a store found.</summary>
public enum StoreFindingState
{
    /// <summary>It can be mended without loss.</summary>
    Mendable,

    /// <summary>It was mended.</summary>
    Mended,

    /// <summary>It cannot be mended from what the store has.</summary>
    Lost,

    /// <summary>It may be meant to be so.</summary>
    Noted,
}

/// <summary>Something that is wrong in a store, or may be.</summary>
/// <param name="Place">The file, or the envelope.</param>
/// <param name="Problem">What is wrong, and what can be done about what is lost; one or more sentences.</param>
/// <param name="State">What became of it.</param>
public sealed record StoreFinding(string Place, string Problem, StoreFindingState State);
