using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>What a job does if its arguments do not say otherwise: the section <c>Batch</c> of a file.</summary>
internal sealed record BatchSettings
{
    public const string FileName = "appsettings.json";

    /// <summary>The section.</summary>
    public BatchOptions? Batch { get; init; }

    /// <exception cref="EnvelopeException">The file cannot be read.</exception>
    public static BatchOptions Read(string path)
    {
        if (!File.Exists(path))
        {
            return new();
        }

        var json = Encoding.UTF8.GetBytes(File.ReadAllText(path)); // some editors begin a file with a mark
        try
        {
            return JsonSerializer.Deserialize(json, BatchSettingsContext.Default.BatchSettings)?.Batch
                ?? (SettingsFault.Misspelt(json) is { } why
                    ? throw new EnvelopeException(EnvelopeError.Invalid, $"'{path}' cannot be read: {why}") : new());
        }
        catch (JsonException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"'{path}' cannot be read: {SettingsFault.Of(json, failure)}", failure);
        }
    }
}

/// <summary>A number of rows or a share of them, as text.</summary>
internal sealed class BadRowsConverter : JsonConverter<BadRows>
{
    public override BadRows Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BadRows.Parse(reader.TokenType == JsonTokenType.Number ? $"{reader.GetInt64()}" : reader.GetString() ?? "")
        ?? throw new JsonException();

    public override void Write(Utf8JsonWriter writer, BadRows value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A shard, as text.</summary>
internal sealed class ShardConverter : JsonConverter<Shard>
{
    public override Shard Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Shard.Parse(reader.GetString() ?? "")
        ?? throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Shard value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

[JsonSourceGenerationOptions(
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(BadRowsConverter), typeof(ShardConverter)])]
[JsonSerializable(typeof(BatchSettings))]
internal sealed partial class BatchSettingsContext : JsonSerializerContext;
