using System.Security.Cryptography;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Signing;

public sealed class KeyTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly KeyFiles _ada = new();

    public void Dispose()
    {
        _directory.Dispose();
        _ada.Dispose();
    }

    [ProgramsFact("openssl")]
    public async Task Keys_are_read_in_every_form_that_openssl_writes_them()
    {
        string[] ec = ["ecparam", "-name", "prime256v1", "-genkey"];
        await OpenSslAsync([.. ec, "-out", At("with-parameters.pem")]);
        await OpenSslAsync([.. ec, "-noout", "-out", At("sec1.pem")]);
        await OpenSslAsync("pkcs8", "-topk8", "-nocrypt", "-in", At("sec1.pem"), "-out", At("pkcs8.pem"));
        await OpenSslAsync("pkcs8", "-topk8", "-in", At("sec1.pem"), "-out", At("encrypted.pem"), "-passout", "pass:s:cret ü");
        await OpenSslAsync("ec", "-in", At("sec1.pem"), "-pubout", "-out", At("key.pub"));
        var expected = VerificationKey.Load(At("key.pub")).Fingerprint;

        using (var withParameters = SigningKey.Load(At("with-parameters.pem")))
        {
            Assert.NotEqual(expected, withParameters.PublicKey.Fingerprint);
        }

        foreach (var (file, password) in ((string, string?)[])[("sec1.pem", null), ("pkcs8.pem", null), ("encrypted.pem", "s:cret ü")])
        {
            using var key = SigningKey.Load(At(file), password);
            Assert.Equal(expected, key.PublicKey.Fingerprint);
        }

        Refused(() => SigningKey.Load(At("encrypted.pem"), "other"), At("encrypted.pem"), "password");
    }

    [ProgramsFact("openssl")]
    public async Task Openssl_takes_what_is_signed_here_and_what_it_signs_is_taken_here()
    {
        using var store = new TempStore();
        var saved = await store.SaveAsync();
        await store.Store.SignAsync("house-price", _ada.Signing);
        var signature = Assert.Single(await store.Store.ReadSignaturesAsync(saved));
        await File.WriteAllBytesAsync(At("payload"), signature.Payload.ToArray());
        await File.WriteAllBytesAsync(At("signature"), Convert.FromBase64String(signature.Annotations["dev.cosignproject.cosign/signature"]));
        await OpenSslAsync("dgst", "-sha256", "-verify", _ada.Public, "-signature", At("signature"), At("payload"));

        using var bob = new KeyFiles();
        await OpenSslAsync("dgst", "-sha256", "-sign", bob.Private, "-out", At("signature"), At("payload"));
        await store.Store.AddSignaturesAsync(saved, [new(signature.Payload, new Dictionary<string, string>
        {
            ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(await File.ReadAllBytesAsync(At("signature"))),
        })]);
        var resolved = await EnvelopeResolver.OpenAsync("house-price", store.Store);
        Assert.Equal(bob.Verification.Fingerprint, (await resolved.VerifySignatureAsync([bob.Verification])).Key.Fingerprint);
    }

    [Fact]
    public void The_password_of_a_key_comes_from_the_environment()
    {
        var before = (Environment.GetEnvironmentVariable("ENVELOPE_KEY_PASSWORD"), Environment.GetEnvironmentVariable("COSIGN_PASSWORD"));
        try
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var path = Write(made.ExportEncryptedPkcs8PrivateKeyPem("right", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
            Set(null, null);
            Refused(() => SigningKey.Load(path), path, "is encrypted", "ENVELOPE_KEY_PASSWORD");
            Set(null, "right");
            SigningKey.Load(path).Dispose();
            Set("wrong", "right");
            Refused(() => SigningKey.Load(path), path);
            Set("right", "wrong");
            SigningKey.Load(path).Dispose();
        }
        finally
        {
            Set(before.Item1, before.Item2);
        }
    }

    [Fact]
    public void Keys_of_other_kinds_are_refused_with_how_to_make_one()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        Refused(() => SigningKey.Load(Write(p384.ExportPkcs8PrivateKeyPem())), "P-256", "prime256v1");
        Refused(() => VerificationKey.Load(Write(p384.ExportSubjectPublicKeyInfoPem())), "P-256", "prime256v1");
        Refused(() => SigningKey.Load(Write(rsa.ExportPkcs8PrivateKeyPem())), "P-256", "prime256v1");
        Refused(() => VerificationKey.Load(Write(rsa.ExportSubjectPublicKeyInfoPem())), "P-256", "prime256v1");
    }

    [Fact]
    public void A_file_that_is_no_key_says_what_it_is_and_what_to_do()
    {
        Refused(() => SigningKey.Load(_ada.Public), _ada.Public, "public key", "private key");
        Refused(() => VerificationKey.Load(_ada.Private), _ada.Private, "private key", "-pubout");
        Refused(() => SigningKey.Load(Write(PemEncoding.WriteString("ENCRYPTED SIGSTORE PRIVATE KEY", new byte[9]))), "cosign's own way", "import-key-pair");
        Refused(() => SigningKey.Load(Write(PemEncoding.WriteString("ENCRYPTED COSIGN PRIVATE KEY", new byte[9]))), "cosign's own way", "import-key-pair");
        Refused(() => VerificationKey.Load(Write(PemEncoding.WriteString("CERTIFICATE", new byte[9]))), "certificate", "-pubkey");
        Refused(() => VerificationKey.Load(Write(PemEncoding.WriteString("PUBLIC KEY", new byte[9]))), "P-256");
        Refused(() => VerificationKey.Load(Write("ssh-ed25519 AAAA ada@host")), "no key in PEM form");
        Refused(() => SigningKey.Load(Write("-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n")), "openssl pkcs8 -topk8");
        Refused(() => VerificationKey.Load(Write(File.ReadAllText(_ada.Public) + "\n" + File.ReadAllText(_ada.Public))), "2 blocks");
        Refused(() => VerificationKey.Load(Write(new string('x', 70_000))), "70000 bytes");
    }

    [Fact]
    public void A_key_file_that_is_not_there_is_named()
    {
        var failure = Assert.Throws<EnvelopeException>(() => VerificationKey.Load(At("nowhere.pub")));
        Assert.Equal(EnvelopeError.NotFound, failure.Error);
        Assert.Contains(At("nowhere.pub"), failure.Message, StringComparison.Ordinal);
    }

    private static void Set(string? ours, string? cosigns)
    {
        Environment.SetEnvironmentVariable("ENVELOPE_KEY_PASSWORD", ours);
        Environment.SetEnvironmentVariable("COSIGN_PASSWORD", cosigns);
    }

    private static void Refused(Func<object> load, params string[] named)
    {
        var failure = Assert.Throws<EnvelopeException>(load);
        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.All(named, name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
    }

    private static Task OpenSslAsync(params string[] arguments) => Programs.RunAsync("openssl", arguments);

    private string At(string name) => _directory.At(name);

    private string Write(string text)
    {
        var path = At(Guid.NewGuid().ToString("n"));
        File.WriteAllText(path, text);
        return path;
    }
}
