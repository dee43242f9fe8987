using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// The version of a folder store's form, in a file of its own, so that a newer form is not taken for damage.
/// </summary>
internal sealed record StoreVersion(int Version)
{
    private const int Current = 1;
    private const string FileName = "store.json";

    /// <exception cref="EnvelopeException">The store is of a newer form, or the address is a file.</exception>
    public static async Task CheckAsync(string store, CancellationToken cancellationToken)
    {
        if (File.Exists(store))
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"'{store}' is a file, and a store of envelopes is a directory. Set {EnvelopeStore.HomeVariable} to "
                + "one.");
        }

        var path = Path.Combine(store, FileName);
        if (File.Exists(path) && Read(await StoredFile.ReadAsync(path, cancellationToken)) is { } version
            && version > Current)
        {
            throw new EnvelopeException(
                EnvelopeError.UnknownVersion,
                $"The store '{store}' is of version {version}, and this version of EnvelopeSdk knows {Current}. "
                + "Use a newer one, or another store.");
        }
    }

    /// <summary>Writes the file if it is not there. The caller holds the store's lock.</summary>
    public static async Task WriteAsync(string store, CancellationToken cancellationToken)
    {
        var path = Path.Combine(store, FileName);
        if (!File.Exists(path))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(
                new StoreVersion(Current), StoreVersionJsonContext.Default.StoreVersion);
            await DurableFile.ReplaceAsync(path, json, cancellationToken);
        }
    }

    /// <returns>Null when it is damaged: the rest of the store does not need it.</returns>
    private static int? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoreVersionJsonContext.Default.StoreVersion)?.Version;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoreVersion))]
internal sealed partial class StoreVersionJsonContext : JsonSerializerContext;
