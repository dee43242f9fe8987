using System.Security.Cryptography;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tests.Support;

/// <summary>A key of one test, with its two files.</summary>
internal sealed class KeyFiles : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyFiles()
    {
        File.WriteAllText(Private, _key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Public, _key.ExportSubjectPublicKeyInfoPem());
        Signing = SigningKey.Load(Private);
        Verification = VerificationKey.Load(Public);
    }

    public string Private => _directory.At("key.pem");

    public string Public => _directory.At("key.pub");

    public SigningKey Signing { get; }

    public VerificationKey Verification { get; }

    /// <summary>Signs whatever bytes.</summary>
    public EnvelopeSignature Sign(byte[] payload) => new(
        payload,
        new Dictionary<string, string>
        {
            ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(
                _key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
        });

    public void Dispose()
    {
        Signing.Dispose();
        _key.Dispose();
        _directory.Dispose();
    }
}
