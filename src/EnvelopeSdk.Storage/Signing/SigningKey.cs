using System.Security.Cryptography;

namespace EnvelopeSdk.Signing;

/// <summary>A private key that signs envelopes: ECDSA on the curve P-256.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>The environment variable with the password of an encrypted key.</summary>
    public const string PasswordVariable = "ENVELOPE_KEY_PASSWORD";

    private const string CosignVariable = "COSIGN_PASSWORD";
    private const string Encrypted = "ENCRYPTED PRIVATE KEY";

    private readonly ECDsa _key;

    private SigningKey(ECDsa key, string path)
    {
        _key = key;
        PublicKey = new VerificationKey(key.ExportSubjectPublicKeyInfo(), path);
    }

    /// <summary>The public half, which checks what this key signs.</summary>
    public VerificationKey PublicKey { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="path">
    /// A PEM file with one key: PKCS#8, encrypted or not, or SEC 1 as <c>openssl</c> writes it.
    /// </param>
    /// <param name="password">
    /// The password of an encrypted one; if absent, what <c>ENVELOPE_KEY_PASSWORD</c> has, else <c>COSIGN_PASSWORD</c>.
    /// </param>
    /// <exception cref="EnvelopeException">
    /// The file is not there or cannot be read, holds no such key, or the password is missing or another one.
    /// </exception>
    public static SigningKey Load(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (label, pem) = KeyFile.Read(path, "PRIVATE KEY", "EC PRIVATE KEY", Encrypted);
        return new(
            KeyFile.Import(
                path,
                label == Encrypted
                    ? key => key.ImportFromEncryptedPem(pem, password ?? Password(path))
                    : key => key.ImportFromPem(pem)),
            path);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _key.Dispose();

    internal EnvelopeSignature Sign(byte[] payload)
    {
        var signature = _key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new(
            payload,
            new Dictionary<string, string> { [SimpleSigning.SignatureAnnotation] = Convert.ToBase64String(signature) });
    }

    private static string Password(string path) =>
        Environment.GetEnvironmentVariable(PasswordVariable) ?? Environment.GetEnvironmentVariable(CosignVariable)
        ?? throw KeyFile.Invalid(path, $"is encrypted. Set {PasswordVariable} to its password.");
}
