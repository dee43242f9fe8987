using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TempDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_store_is_served_on_loopback_without_configuration()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        using var probe = served.NewClient(null);

        Assert.StartsWith("http://127.0.0.1:", served.Address, StringComparison.Ordinal);
        Assert.Equal("Healthy", await probe.GetStringAsync("/health/live"));
        Assert.Equal("Healthy", await probe.GetStringAsync("/health/ready"));
    }

    [Theory]
    [InlineData("server.pem", "server.key"), InlineData("both.pem", null), InlineData("server.pfx", null)]
    public async Task A_registry_is_known_by_the_certificate_that_it_is_given(string certificate, string? key)
    {
        var print = MakeCertificate();
        await using var served = await ServedStore.StartAsync(options => options with
        {
            Urls = "https://127.0.0.1:0",
            Certificate = _files.At(certificate),
            CertificateKey = key is null ? null : _files.At(key),
        });
        using var client = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == print,
        });

        Assert.Equal("Healthy", await client.GetStringAsync(served.Address + "/health/live"));
    }

    [Theory]
    [InlineData("none.pem", null), InlineData("server.pem", null), InlineData("server.pem", "both.txt"), InlineData("both.txt", null)]
    public async Task A_certificate_that_cannot_be_used_is_named_with_the_cure(string certificate, string? key)
    {
        MakeCertificate();
        await File.WriteAllTextAsync(_files.At("both.txt"), "no certificate");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => ServedStore.StartAsync(options => options with
        {
            Urls = "https://127.0.0.1:0",
            Certificate = _files.At(certificate),
            CertificateKey = key is null ? null : _files.At(key),
        }));

        Assert.Contains(_files.At(certificate), refused.Message, StringComparison.Ordinal);
        Assert.Contains("--certificate-key", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_api_has_not_is_answered_as_a_problem_also_when_a_page_would_have_it()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, "/api/nope"), (HttpMethod.Get, "/api/a/b/c/d/e"), (HttpMethod.Put, "/api/envelopes")])
        {
            using var answer = await served.Client.SendAsync(new(method, path));

            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{path}: {answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal("text/html", (await served.Client.GetAsync("/nope")).Content.Headers.ContentType?.MediaType);
    }

    /// <returns>Its thumbprint.</returns>
    private string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=registry.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificate, secret) = (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_files.At("server.pem"), certificate);
        File.WriteAllText(_files.At("server.key"), secret);
        File.WriteAllText(_files.At("both.pem"), certificate + "\n" + secret);
        File.WriteAllBytes(_files.At("server.pfx"), made.Export(X509ContentType.Pkcs12));
        return made.Thumbprint;
    }
}
