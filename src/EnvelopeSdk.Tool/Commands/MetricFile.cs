using System.Text.Json;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>The value of a metric in a JSON file.</summary>
internal static class MetricFile
{
    /// <summary>No metric has more (<see cref="Metric.Parse"/>), but for white space.</summary>
    private const long MaxBytes = 16 << 20;

    /// <summary>Reads it.</summary>
    /// <param name="name">The metric; null where the file is called like it.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="EnvelopeException">It cannot be read, or has no value of a metric.</exception>
    public static async Task<(string Name, Metric Value)> ReadAsync(
        string? name, FileInfo file, CancellationToken cancellation)
    {
        if (name?.Contains('=', StringComparison.Ordinal) == true)
        {
            throw Refuse($"'{name}' has a value, and so has --file. Give the name alone, or leave --file out.");
        }

        if (!file.Exists)
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound, $"There is no file '{file.FullName}'. Give the path of a JSON file.");
        }

        if (file.Length > MaxBytes)
        {
            throw Refuse($"'{file.FullName}' has {file.Length} bytes, too many for a metric. Record a summary of it.");
        }

        try
        {
            var json = JsonElement.Parse(
                await File.ReadAllBytesAsync(file.FullName, cancellation), new() { AllowDuplicateProperties = false });
            return (name ?? Path.GetFileNameWithoutExtension(file.Name), Metric.Parse(json));
        }
        catch (JsonException malformed)
        {
            throw Refuse($"'{file.FullName}' is no JSON: {malformed.Message} Write a number or an object into it.");
        }
    }

    private static EnvelopeException Refuse(string reason) => new(EnvelopeError.Invalid, reason);
}
