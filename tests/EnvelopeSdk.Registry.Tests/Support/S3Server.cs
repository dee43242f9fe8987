using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using EnvelopeSdk.Registry.Stores.Blobs;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>A server that speaks S3, with one bucket, for the tests of a collection.</summary>
public sealed class S3Server : IAsyncLifetime, IDisposable
{
    public const string Collection = "S3";
    public const string Bucket = "envelopes";

    private const string Program = "s3rver";
    private const string Key = "S3RVER";

    private readonly TempDirectory _directory = new();
    private readonly int _port = Ports.Free();
    private Process? _process;

    /// <summary>Why its tests are skipped; null when it is installed.</summary>
    public static string? WhySkipped { get; } =
        Programs.IsInstalled(Program) ? null : $"Not installed: {Program}. With Node.js: npm install -g {Program}";

    /// <summary>What tells the clients of a process where it is, and who they are.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_S3"] = Address,
        ["AWS_ACCESS_KEY_ID"] = Key,
        ["AWS_SECRET_ACCESS_KEY"] = Key,
    };

    private string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public async Task InitializeAsync()
    {
        if (WhySkipped is not null)
        {
            return;
        }

        _process = Process.Start(new ProcessStartInfo(
            Program,
            [
                "-d", _directory.FullPath, "-a", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-s",
                "--no-vhost-buckets", "--configure-bucket", Bucket,
            ]))!;
        using var client = new HttpClient();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(Address);
                return;
            }
            catch (HttpRequestException) when (attempt < 300)
            {
                await Task.Delay(50);
            }
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _directory.Dispose();
    }

    internal S3Blobs Open(string prefix, string bucket = Bucket) => new(
        new AmazonS3Client(new BasicAWSCredentials(Key, Key), new AmazonS3Config
        {
            ServiceURL = Address,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        }),
        bucket, prefix);
}

[CollectionDefinition(S3Server.Collection)]
public sealed class S3Collection : ICollectionFixture<S3Server>;
