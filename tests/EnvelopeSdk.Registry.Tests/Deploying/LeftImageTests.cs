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

    [Fact]
    public async Task A_registry_that_starts_removes_the_image_of_a_build_that_another_was_removing_or_making()
    {
        var image = new ServiceImage("services/prices", Built, await _images.PushAsync(Built), new('0', 64));

        await StartAfterAsync(image);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Built));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(image.Digest.ToString()));
    }

    [Fact]
    public async Task An_image_that_was_given_no_tag_yet_is_removed_too()
    {
        var manifest = await _images.MakeManifestAsync("layer");
        var digest = Envelopes.Digest.Of(manifest);
        using var put = await _images.PutAsync(digest.ToString(), manifest);

        await StartAfterAsync(new("services/prices", Built, digest, new('0', 64)));

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(digest.ToString()));
    }

    [Fact]
    public async Task An_image_to_which_somebody_has_given_a_name_stays_and_so_does_what_its_tag_means_by_now()
    {
        var named = await _images.PushAsync(Built);
        await _images.PushAsync("approved");
        var newer = await _images.PushAsync(Built, "another layer");

        await StartAfterAsync(new("services/prices", Built, named, new('0', 64)));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(named.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(newer.ToString()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Built));
    }

    [Fact]
    public async Task The_image_of_a_build_that_has_come_into_its_place_stays()
    {
        var image = new ServiceImage("services/prices", Built, await _images.PushAsync(Built), new('0', 64));
        var whole = Directory.CreateDirectory(Path.Combine(_store.Services, "builds", Built)).FullName;
        await image.WriteAsync(whole, default);

        await StartAfterAsync(image);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Built));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("project/out")]
    public async Task What_a_build_itself_says_of_an_image_removes_nothing(string folder)
    {
        var image = new ServiceImage("services/prices", Built, await _images.PushAsync(Built), new('0', 64));

        await StartAfterAsync(image, folder);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Built));
    }

    [Fact]
    public async Task What_cannot_be_read_is_left_and_the_engine_goes_on()
    {
        await _store.ConfigureAsync();
        await _store.Served.StopAsync();
        var build = Directory.CreateDirectory(
            Path.Combine(_store.Services, "builds", $"{Built}.0{ServiceBuilder.Partial}")).FullName;
        await File.WriteAllTextAsync(Path.Combine(build, "image.json"), "null");
        await _store.Served.StartAsync();

        await _store.DeployUntilAsync(await _store.AddAsync(1));

        Assert.Equal("1", await _store.AnswerAsync());
    }

    /// <summary>Starts the registry over what a build has left that knew its image, and waits until that is gone.</summary>
    private async Task StartAfterAsync(ServiceImage image, string folder = "")
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
