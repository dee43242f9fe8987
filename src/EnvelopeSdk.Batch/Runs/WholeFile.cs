using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>Files that are whole or not there.</summary>
internal static class WholeFile
{
    /// <summary>How the name ends of one that is written.</summary>
    public const string Partial = ".partial";

    /// <summary>Writes a file by other means, and puts it in its place when it is on the disk.</summary>
    public static void Write(string path, Action<string> write)
    {
        write(path + Partial);
        using (var file = File.OpenHandle(path + Partial, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }

        File.Move(path + Partial, path, overwrite: true);
    }

    /// <summary>Reads a file of JSON.</summary>
    /// <returns>Null when it is not there.</returns>
    /// <exception cref="EnvelopeException">It is damaged.</exception>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), type) : null;
        }
        catch (JsonException failure)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged, $"'{path}' is damaged: {failure.Message} Remove it, and run the job again.",
                failure);
        }
    }
}
