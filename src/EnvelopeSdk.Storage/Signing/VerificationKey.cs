using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Signing;

/// <summary>A public key that signatures are checked with: ECDSA on the curve P-256.</summary>
public sealed class VerificationKey
{
    private readonly byte[] _info;

    internal VerificationKey(byte[] info, string source)
    {
        _info = info;
        Source = source;
        Fingerprint = Digest.Of(info);
    }

    /// <summary>The file that it came from, for messages.</summary>
    public string Source { get; }

    /// <summary>
    /// The SHA-256 of its SubjectPublicKeyInfo: <c>openssl pkey -pubin -in key.pub -outform DER | sha256sum</c>.
    /// </summary>
    public Digest Fingerprint { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="path">A PEM file with one public key (SubjectPublicKeyInfo), as <c>cosign.pub</c> is.</param>
    /// <exception cref="EnvelopeException">The file is not there or cannot be read, or holds no such key.</exception>
    public static VerificationKey Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (_, pem) = KeyFile.Read(path, "PUBLIC KEY");
        using var key = KeyFile.Import(path, one => one.ImportFromPem(pem));
        return new(key.ExportSubjectPublicKeyInfo(), path);
    }

    /// <summary>Reads a key from the text of such a file.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="EnvelopeException">It holds no such key.</exception>
    internal static VerificationKey Parse(string pem, string source)
    {
        using var key = KeyFile.Import(source, one => one.ImportFromPem(pem));
        return new(key.ExportSubjectPublicKeyInfo(), source);
    }

    /// <summary>The file, and enough of the fingerprint to tell keys apart.</summary>
    public override string ToString() => $"'{Source}' ({Fingerprint.Short})";

    /// <summary>Whether it belongs to the key that made a signature.</summary>
    internal bool HasMade(EnvelopeSignature signature)
    {
        if (signature.Id.Signature is not { } text)
        {
            return false;
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        using var key = ECDsa.Create(); // one is not for several threads
        key.ImportSubjectPublicKeyInfo(_info, out _);
        try
        {
            return key.VerifyData(
                signature.Payload.Span, bytes.AsSpan(0, length), HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false; // the bytes are no signature at all
        }
    }
}
