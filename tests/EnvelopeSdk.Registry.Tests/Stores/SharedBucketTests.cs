using EnvelopeSdk.Packing;
using EnvelopeSdk.Registry.Tests.Support;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>Registries whose content lies in a bucket of S3, named as a user names it.</summary>
[Collection(PostgresServer.Collection)]
public sealed class SharedBucketTests(PostgresServer server) : IAsyncLifetime, IDisposable
{
    private readonly S3Server _s3 = new();
    private readonly TempDirectory _directory = new();

    public Task InitializeAsync() => _s3.InitializeAsync();

    public Task DisposeAsync() => _s3.DisposeAsync();

    public void Dispose()
    {
        _s3.Dispose();
        _directory.Dispose();
    }

    [DatabaseFact("s3rver", "skopeo")]
    public async Task What_is_saved_through_one_is_pulled_through_another()
    {
        var (other, envelope) = await OtherStore.WithAsync(ServedStore.Linear);
        using var owner = other;
        var connection = await server.CreateDatabaseAsync();
        using var one = await StartAsync(connection, "one");
        using var two = await StartAsync(connection, "two");
        await EnvelopeStore.OpenRegistry(one.Address, OtherStore.Options, other.Store).CopyAsync(
            await other.Store.OpenAsync(envelope.Name), await other.Store.ReadJournalAsync(envelope));

        await OtherStore.OpenSoundAsync(EnvelopeStore.OpenRegistry(two.Address, OtherStore.Options, other.Store), envelope);
        await Programs.RunAsync(
            "skopeo", "copy", "--src-tls-verify=false", $"--src-creds=me:{ServedStore.KnownToken}",
            $"docker://{new Uri(two.Address).Authority}/golden-linear:latest", $"oci:{_directory.At("copy")}:v1");
        Assert.True(Directory.Exists(_directory.At("copy")));
        using var storage = _s3.Open("team/");
        Assert.True(await storage.SizeOfAsync(envelope.Digest, default) > 0);
    }

    private Task<RegistryProcess> StartAsync(string connection, string user) => RegistryProcess.StartAsync(
        connection, $"s3://{S3Server.Bucket}/team", _directory.At(user), _s3.Environment);
}
