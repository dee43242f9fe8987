using System.Security.Cryptography;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Signing;

/// <summary>Reads the PEM files that keys are in (RFC 7468), and says what to do with those of other kinds.</summary>
internal static class KeyFile
{
    private const string P256 = "1.2.840.10045.3.1.7"; // RFC 5480, 2.1.1.1
    private const string NewKey = "'openssl ecparam -name prime256v1 -genkey -noout -out key.pem'";
    private const int Largest = 64 << 10;

    /// <summary>The one key of a file, of the blocks that may hold one.</summary>
    /// <exception cref="EnvelopeException">
    /// The file is not there or cannot be read, or has no key or several.
    /// </exception>
    public static (string Label, string Pem) Read(string path, params string[] labels)
    {
        var text = ReadText(path);
        var blocks = new List<(string Label, string Pem)>();
        for (var rest = text.AsSpan(); PemEncoding.TryFind(rest, out var block); rest = rest[block.Location.End..])
        {
            blocks.Add((rest[block.Label].ToString(), rest[block.Location].ToString()));
        }

        blocks.RemoveAll(one => one.Label == "EC PARAMETERS"); // which openssl writes before a key that names its curve
        return blocks switch
        {
            [var only] when labels.Contains(only.Label) => only,
            [var only] => throw Invalid(path, OtherKind(path, only.Label)),
            [] when text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal) => throw Invalid(
                path, $"is encrypted in an old way. Convert it: 'openssl pkcs8 -topk8 -in {path} -out key.p8.pem'."),
            [] => throw Invalid(path, $"has no key in PEM form. Make one: {NewKey}."),
            _ => throw Invalid(path, $"has {blocks.Count} blocks of PEM. Give each key a file of its own."),
        };
    }

    /// <summary>Reads a key of the one curve that is taken.</summary>
    public static ECDsa Import(string path, Action<ECDsa> import)
    {
        var key = ECDsa.Create();
        try
        {
            import(key);
            var curve = key.ExportParameters(includePrivateParameters: false).Curve;
            return curve.IsNamed && curve.Oid.Value == P256
                ? key
                : throw Invalid(
                    path,
                    $"is a key of {(curve.IsNamed ? $"the curve {curve.Oid.FriendlyName}" : "a curve without name")}, "
                    + $"and envelopes are signed with ECDSA on P-256. Make such a key: {NewKey}.");
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw Invalid(
                path,
                "cannot be read as an ECDSA key on the curve P-256. It may be of another kind, damaged, or its "
                + $"password another one. Such a key is made with {NewKey}.",
                failure);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public static EnvelopeException Invalid(string path, string reason, Exception? cause = null) =>
        new(EnvelopeError.Invalid, $"The key file '{path}' {reason}", cause);

    private static string OtherKind(string path, string label) => label switch
    {
        "PUBLIC KEY" => "holds a public key, which signs nothing. Name the private key that belongs to it.",
        "PRIVATE KEY" or "EC PRIVATE KEY" or "ENCRYPTED PRIVATE KEY" =>
            "holds a private key, which nobody needs who checks signatures. Write its public half to a file of its "
            + $"own: 'openssl ec -in {path} -pubout -out key.pub'.",
        "ENCRYPTED COSIGN PRIVATE KEY" or "ENCRYPTED SIGSTORE PRIVATE KEY" =>
            "is encrypted in cosign's own way, which is not read here. Push the envelope and sign it there with cosign "
            + "('cosign sign --key'), whose signatures 'envelope pull' brings; or make a key that both read: "
            + $"{NewKey}, and 'cosign import-key-pair --key key.pem' for cosign.",
        "CERTIFICATE" => "is a certificate. Write its key to a file of its own: "
            + $"'openssl x509 -in {path} -pubkey -noout > key.pub'.",
        _ => $"holds '{label}', which is no key that is read here. Make one: {NewKey}.",
    };

    private static string ReadText(string path)
    {
        if (!File.Exists(path))
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound,
                $"There is no key file '{path}'. Correct the path, or make a key: {NewKey}, and its public half: "
                + "'openssl ec -in key.pem -pubout -out key.pub'.");
        }

        using var file = StoredFile.Open(path);
        if (file.Length > Largest)
        {
            throw Invalid(path, $"has {file.Length} bytes, which no key has. Name a file with one key in PEM form.");
        }

        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
