using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Store;

/// <summary>What to tell somebody whose envelope is not in the store.</summary>
internal static class StoreAdvice
{
    public static string NoEnvelope(EnvelopeStore store, string name)
    {
        if (!Directory.Exists(store.Location))
        {
            return $"There is no envelope store at '{store.Location}', so '{name}' is not in it. Run the training program that saves it, or set ENVELOPE_HOME to the store's directory.";
        }

        var names = store.Names;
        return names.Count == 0
            ? $"There is no envelope '{name}' in '{store.Location}'; the store is empty. Run the training program that saves it, or set ENVELOPE_HOME to another store."
            : $"There is no envelope '{name}' in '{store.Location}'. It has: {string.Join(", ", names)}.";
    }

    public static string NoDigest(EnvelopeStore store, string name, Digest digest, IReadOnlyList<OciDescriptor> manifests) =>
        $"There is no envelope {name}@{digest} in '{store.Location}'. The newest there is {name}@{manifests[^1].Digest}; there are {manifests.Count} of that name.";
}
