using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Envelopes;

/// <summary>
/// The SHA-256 of a blob, written as <c>sha256:</c> and 64 lower-case hexadecimal digits (OCI image specification,
/// descriptors).
/// </summary>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest
{
    private const string Prefix = "sha256:";
    private const int Block = 1 << 18; // .NET itself reads 4 kB at a time, at a third of the speed
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private Digest(string hex) => Hex = hex;

    /// <summary>The 64 hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>The first 12 digits: enough for people, not for programs.</summary>
    public string Short => Hex[..12];

    /// <summary>The digest of the given bytes.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    public static Digest Of(ReadOnlySpan<byte> bytes) => FromHash(SHA256.HashData(bytes));

    /// <summary>The digest of the rest of a stream.</summary>
    /// <param name="stream">A stream that can be read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async ValueTask<Digest> OfAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            while (await stream.ReadAsync(block, cancellationToken) is > 0 and var count)
            {
                hash.AppendData(block.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return FromHash(hash.GetHashAndReset());
    }

    /// <summary>Reads the written form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">The digest, if it is one.</param>
    public static bool TryParse(string text, out Digest digest)
    {
        ArgumentNullException.ThrowIfNull(text);
        var valid = text.Length == Prefix.Length + 64
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
        digest = valid ? new Digest(text[Prefix.Length..]) : default;
        return valid;
    }

    /// <summary>The written form.</summary>
    public override string ToString() => Prefix + Hex;

    internal static Digest FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));
}

internal sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString() ?? "", out var digest)
            ? digest
            : throw new JsonException("Not a sha256 digest.");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
