using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Signing;

/// <summary>
/// Signatures as text: a sealed JSON object in each line, in a store and in an <c>.envelope</c> file.
/// </summary>
internal static class SignatureLines
{
    /// <summary>An envelope has a few; who sees so many is being fooled.</summary>
    public const int Most = 256;

    public const int Version = 1;

    /// <summary>The lines, in an order that does not depend on when signatures were added.</summary>
    public static byte[] Write(IEnumerable<EnvelopeSignature> signatures)
    {
        using var text = new MemoryStream();
        foreach (var one in signatures.OrderBy(one => one.Id.Signature, StringComparer.Ordinal)
            .ThenBy(one => one.Id.Payload.Hex, StringComparer.Ordinal))
        {
            var line = new SignatureLine(
                Version, one.Payload.ToArray(), new(one.Annotations.ToDictionary(), StringComparer.Ordinal));
            text.Write(SealedLine.Seal(
                JsonSerializer.SerializeToUtf8Bytes(line, SignatureJsonContext.Default.SignatureLine)));
            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }

    /// <summary>The signatures in a text. Lines of a newer version are passed over.</summary>
    /// <exception cref="EnvelopeException">A line was changed, or there are too many.</exception>
    public static List<EnvelopeSignature> Read(ReadOnlyMemory<byte> text, string path)
    {
        var signatures = new List<EnvelopeSignature>();
        var number = 0;
        foreach (var line in JournalLines.Split(text))
        {
            number++;
            if (DamageOf(line.Span, out var signature) is { } damage)
            {
                throw new EnvelopeException(
                    EnvelopeError.Damaged,
                    $"Line {number} of the signatures '{path}' cannot be read: {damage} 'envelope doctor --mend' puts "
                    + "it aside in a store; then sign again.");
            }

            if (signature is not null && signatures.TrueForAll(one => one.Id != signature.Id))
            {
                signatures.Add(signature);
            }

            EnsureFew(signatures.Count, path);
        }

        return signatures;
    }

    /// <exception cref="EnvelopeException">There are more signatures than an envelope can have.</exception>
    public static void EnsureFew(int count, string place)
    {
        if (count > Most)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{place}' has more than {Most} signatures of one envelope. Take those away that nobody needs.");
        }
    }

    /// <summary>Says what keeps a line from being read; null when nothing does.</summary>
    /// <param name="line">The line.</param>
    /// <param name="signature">What it holds; null of a newer version too.</param>
    public static string? DamageOf(ReadOnlySpan<byte> line, out EnvelopeSignature? signature)
    {
        signature = null;
        if (!SealedLine.IsSealed(line))
        {
            return "It was changed: its check sum is not the one of its text.";
        }

        try
        {
            var json = SignatureJsonContext.Default;
            if (JsonSerializer.Deserialize(line, json.SignatureVersion)?.Version > Version)
            {
                return null;
            }

            var read = JsonSerializer.Deserialize(line, json.SignatureLine) ?? throw new JsonException("It is null.");
            signature = new(read.Payload, read.Annotations);
            return null;
        }
        catch (Exception malformed) when (malformed is JsonException or EnvelopeException or ArgumentException)
        {
            return malformed.Message;
        }
    }
}

internal sealed record SignatureLine(int Version, byte[] Payload, SortedDictionary<string, string> Annotations);

/// <summary>The one member of a line that every version has.</summary>
internal sealed record SignatureVersion(int Version);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SignatureLine))]
[JsonSerializable(typeof(SignatureVersion))]
internal sealed partial class SignatureJsonContext : JsonSerializerContext;
