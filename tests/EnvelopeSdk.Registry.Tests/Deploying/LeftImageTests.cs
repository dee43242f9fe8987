using System.Net;
using EnvelopeSdk.Registry.Deploying.Builds;
using EnvelopeSdk.Registry.Tests.Distribution;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>Images of builds that ended with a registry that was killed.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class LeftImageTests : IAsyncLifetime
{
    private const string Built = "prices-1.0.0";

    private DeployedStore _store = null!;
    private TestRepository _images = null!;

    public async Task InitializeAsync()
    {
        _store = await DeployedStore.StartAsync();
        _images = new TestRepository(_store.Served, "services/prices");
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [InlineData("")] // while the build was removed
    [InlineData("project/out")] // before the build was in its place
    public async Task A_registry_that_starts_removes_the_image_of_a_build_that_another_was_removing_or_making(string folder)
    {
        var image = new ServiceImage("services/prices", Built, await _images.PushAsync(Built), new('0', 64));

        await StartAfterAsync(image, folder);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Built));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(image.Digest.ToString()));
    }

    [Fact]
    public async Task An_image_that_was_given_no_tag_yet_is_removed_too()
    {
        var manifest = await _images.MakeManifestAsync("layer");
        var digest = Envelopes.Digest.Of(manifest);
        using var put = await _images.PutAsync(digest.ToString(), manifest);

        await StartAfterAsync(new("services/prices", Built, digest, new('0', 64)), "project/out");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(digest.ToString()));
    }

    [Fact]
    public async Task An_image_to_which_somebody_has_given_a_name_stays_and_so_does_what_its_tag_means_by_now()
    {
        var named = await _images.PushAsync(Built);
        await _images.PushAsync("approved");
        var newer = await _images.PushAsync(Built, "another layer");

        await StartAfterAsync(new("services/prices", Built, named, new('0', 64)), "");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(named.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(newer.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Built));
    }

    /// <summary>Starts the registry over what a build has left that knew its image, and waits until that is gone.</summary>
    private async Task StartAfterAsync(ServiceImage image, string folder)
    {
        await _store.Served.StopAsync();
        var build = Path.Combine(_store.Services, "builds", $"{Built}.0{ServiceBuilder.Partial}");
        await image.WriteAsync(Directory.CreateDirectory(Path.Combine(build, folder)).FullName, default);
        await _store.Served.StartAsync();
        await Patiently.HoldsAsync(() => !Directory.Exists(build));
    }

    private async Task<HttpStatusCode> StatusAsync(string reference)
    {
        using var answer = await _images.SendAsync(HttpMethod.Head, $"manifests/{reference}");
        return answer.StatusCode;
    }
}
