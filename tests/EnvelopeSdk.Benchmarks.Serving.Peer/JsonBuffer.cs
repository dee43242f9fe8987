using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Measured.Peer;

/// <summary>A buffer of each thread, in which an answer is written before its length is told.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "It lives as long as its thread, and its writer holds nothing but the buffer.")]
internal sealed class JsonBuffer
{
    [ThreadStatic]
    private static JsonBuffer? _ofThread;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _writer;

    private JsonBuffer() => _writer = new(_bytes, new() { SkipValidation = true });

    /// <summary>Writes a value.</summary>
    /// <returns>Its JSON, which is there until the next call on this thread.</returns>
    public static ReadOnlySpan<byte> Write<T>(T value, JsonTypeInfo<T> type)
    {
        var buffer = _ofThread ??= new();
        buffer._bytes.ResetWrittenCount();
        buffer._writer.Reset();
        JsonSerializer.Serialize(buffer._writer, value, type);
        buffer._writer.Flush();
        return buffer._bytes.WrittenSpan;
    }
}
