using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The arrays of the model that is being saved, which are lent to the model that is loaded from what was written. That
/// one is dropped; what it has changed in them is put back to what was written.
/// </summary>
internal sealed class LentState(PackedState state) : ILentState
{
    private readonly Dictionary<string, IReadOnlySet<int>> _lent = [];

    public IReadOnlyList<StoredArray> Arrays(string parameter) => state.Arrays[parameter].Arrays;

    public void Take(string parameter, IReadOnlySet<int> lent) => _lent[parameter] = lent;

    /// <summary>Puts the arrays back to what was written of them.</summary>
    /// <returns>Whether something had been changed.</returns>
    public async Task<bool> RestoreAsync(EnvelopeContent content)
    {
        var isChanged = false;
        foreach (var (parameter, lent) in _lent.Where(one => one.Value.Count > 0))
        {
            var path = StatePath.Of(parameter, StatePath.ArraysFile);
            await using var written = await content.OpenToHashAsync(path, CancellationToken.None);
            isChanged |= await state.Arrays[parameter].RestoreAsync(written, lent.Contains);
        }

        return isChanged;
    }
}
