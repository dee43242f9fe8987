using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Batch.Runs;

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

        try
        {
            var json = File.ReadAllBytes(path);
            return JsonSerializer.Deserialize(json, BatchSettingsContext.Default.BatchSettings)?.Batch ?? new();
        }
        catch (JsonException failure)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, $"'{path}' cannot be read: {failure.Message}", failure);
        }
    }
}

/// <summary>A number of rows or a share of them, as text.</summary>
internal sealed class BadRowsConverter : JsonConverter<BadRows>
{
    public override BadRows Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BadRows.Parse(reader.TokenType == JsonTokenType.Number ? $"{reader.GetInt64()}" : reader.GetString() ?? "")
        ?? throw new JsonException("'MaxBad' is a number of rows, or a share of them such as 0.1%.");

    public override void Write(Utf8JsonWriter writer, BadRows value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

[JsonSourceGenerationOptions(
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, PropertyNameCaseInsensitive = true,
    Converters = [typeof(BadRowsConverter)])]
[JsonSerializable(typeof(BatchSettings))]
internal sealed partial class BatchSettingsContext : JsonSerializerContext;
