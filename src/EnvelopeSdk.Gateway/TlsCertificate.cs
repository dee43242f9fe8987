using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EnvelopeSdk.Gateway;

/// <summary>The certificate by which a server is known.</summary>
internal static class TlsCertificate
{
    /// <summary>Lets connections have a certificate, if one is named.</summary>
    /// <param name="https">The connections.</param>
    /// <param name="path">
    /// Its file: PEM, with those that vouch for it behind it, or PKCS #12 without a password.
    /// </param>
    /// <param name="key">The file of its private key, PEM; null: it is in the same file.</param>
    /// <exception cref="EnvelopeException">It cannot be read, or has no private key.</exception>
    public static void Use(HttpsConnectionAdapterOptions https, string? path, string? key)
    {
        if (path is not null)
        {
            (https.ServerCertificate, https.ServerCertificateChain) = Load(path, key);
        }
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection? Chain) Load(string path, string? key)
    {
        try
        {
            if (X509Certificate2.GetCertContentType(path) is X509ContentType.Pkcs12)
            {
                return (WithKey(X509CertificateLoader.LoadPkcs12FromFile(path, null)), null);
            }

            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(path);
            using var own = X509Certificate2.CreateFromPemFile(path, key ?? path);

            // The key of a PEM file is in memory alone, where TLS of Windows does not look.
            return (X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null), chain);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The certificate '{path}'{(key is null ? "" : $" with the key '{key}'")} cannot be used: "
                + $"{failure.Message} Give a PEM file with --certificate and its key with --certificate-key.",
                failure);
        }
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate) => certificate.HasPrivateKey
        ? certificate
        : throw new CryptographicException("It has no private key.");
}
