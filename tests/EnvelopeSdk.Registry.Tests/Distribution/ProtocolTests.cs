using System.Net;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>What holds at every address.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private ServedStore _served = null!;

    public async Task InitializeAsync() => _served = await ServedStore.StartAsync();

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Theory]
    [InlineData("/v2/"), InlineData("/v2")]
    public async Task The_interface_says_that_it_is_there(string path)
    {
        using var answer = await new TestRepository(_served, "a").GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("registry/2.0", Assert.Single(answer.Headers.GetValues("Docker-Distribution-API-Version")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("POST", "manifests/v1", "GET"), InlineData("PUT", "tags/list", "GET"), InlineData("DELETE", "/v2/", "GET")]
    [InlineData("PATCH", "blobs/uploads/", "POST"), InlineData("PUT", "/v2/_catalog", "GET")]
    public async Task A_method_that_an_address_does_not_know_is_refused_with_those_it_knows(string method, string path, string allowed)
    {
        var repository = new TestRepository(_served, "a");
        using var answer = await repository.SendAsync(new(method), path, []);
        Assert.Contains(allowed, answer.Content.Headers.Allow);

        await TestRepository.RefusedAsync(repository.SendAsync(new(method), path, []), HttpStatusCode.MethodNotAllowed, "UNSUPPORTED");
    }

    [Theory]
    [InlineData("Team"), InlineData("a//b"), InlineData("_a"), InlineData("a/_tags"), InlineData("a..b"), InlineData("a/.."), InlineData("%2e%2e/a")]
    public async Task A_name_that_no_repository_can_have_is_refused(string name)
    {
        // Not through Uri, which would take the dots away.
        var status = await RawHttp.StatusAsync(_served.Address, $"GET /v2/{name}/tags/list");

        Assert.Contains(status, (int[])[400, 404]);
        Assert.False(Directory.Exists(Path.Combine(_served.Directory, "repositories")));
    }

    [Theory]
    [InlineData("a"), InlineData("a/b/c"), InlineData("a.b__c--d/0"), InlineData("blobs/uploads"), InlineData("tags/list/manifests")]
    public async Task A_name_that_a_repository_can_have_is_taken(string name)
    {
        var repository = new TestRepository(_served, name);
        var digest = await repository.PushAsync("v1");

        using var answer = await repository.GetAsync($"manifests/{digest}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("v1", (string?)(await repository.JsonAsync("tags/list"))["tags"]![0]);
    }

    [Fact]
    public async Task An_address_of_another_interface_is_not_found() => await TestRepository.RefusedAsync(
        new TestRepository(_served, "a").GetAsync("/v2/a/images/b"), HttpStatusCode.NotFound, "UNSUPPORTED");
}
