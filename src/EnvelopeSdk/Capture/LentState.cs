using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The arrays of the model that is being saved, which are lent to the model that is loaded from what was written. That
/// one is dropped; what its constructor has changed in them is put back to what was written.
/// </summary>
internal sealed class LentState(PackedState state) : ILentState
{
    private readonly Dictionary<string, IReadOnlySet<int>> _lent = [];

    /// <summary>Whether some are lent, so that who disposes of the loaded model could spoil the other one.</summary>
    public bool IsAnyLent => _lent.Count > 0;

    public IReadOnlyList<StoredArray> Arrays(string parameter) => state.Arrays[parameter].Arrays;

    public void Take(string parameter, IReadOnlySet<int> lent)
    {
        if (lent.Count > 0)
        {
            _lent[parameter] = lent;
        }
    }

    /// <summary>Puts the arrays back to what was written of them.</summary>
    public async Task RestoreAsync(EnvelopeContent content)
    {
        foreach (var (parameter, lent) in _lent)
        {
            var path = StatePath.Of(parameter, StatePath.ArraysFile);
            await using var written = await content.OpenToHashAsync(path, CancellationToken.None);
            await state.Arrays[parameter].RestoreAsync(written, lent.Contains);
        }
    }
}
