using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Layouts;

/// <summary>
/// Which envelopes a writer is about to add, save again or take out. Whether that has happened is said by their own
/// directories and journals, each of which changes in one step. What else names them (the order, the index) follows;
/// until then a reader believes only the former, and when the writer dies the next one finishes its work.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Digests">The envelopes.</param>
internal sealed record PendingChange(string Name, IReadOnlyList<Digest> Digests)
{
    public const string FileName = "pending.json";

    /// <summary>A change of which nobody knows what it was about: the file is damaged. It can be any.</summary>
    public static readonly PendingChange Unknown = new("", []);

    /// <returns>Null when no change is under way.</returns>
    public static async Task<PendingChange?> ReadAsync(string store, CancellationToken cancellationToken)
    {
        var path = Path.Combine(store, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var json = await StoredFile.ReadAsync(path, cancellationToken);
            var change = JsonSerializer.Deserialize(json, PendingJsonContext.Default.PendingChange);
            return change is not null && NameRules.IsEnvelopeName(change.Name) ? change : Unknown;
        }
        catch (EnvelopeException) when (!File.Exists(path))
        {
            return null; // the writer has just ended
        }
        catch (JsonException)
        {
            return Unknown;
        }
    }

    /// <summary>Says that the change begins. The caller holds the store's lock.</summary>
    public async Task BeginAsync(string store, CancellationToken cancellationToken) =>
        await DurableFile.ReplaceAsync(
            Path.Combine(store, FileName),
            JsonSerializer.SerializeToUtf8Bytes(this, PendingJsonContext.Default.PendingChange),
            cancellationToken);

    /// <summary>
    /// Says that no change is under way. The caller holds the store's lock. If that fails, the change has happened all
    /// the same, and the next writer says so.
    /// </summary>
    public static void End(string store)
    {
        try
        {
            File.Delete(Path.Combine(store, FileName));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PendingChange))]
internal sealed partial class PendingJsonContext : JsonSerializerContext;
