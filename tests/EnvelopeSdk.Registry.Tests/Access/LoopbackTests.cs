using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EnvelopeSdk.Registry.Hosting;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>Every web page and every local user reaches loopback; one user's registry lets that user in.</summary>
public sealed class LoopbackTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/tags")]
    [InlineData("/envelopes/golden-linear")]
    [InlineData("/api/envelopes")]
    [InlineData("/no-such-page")]
    public async Task Who_has_no_token_sees_nothing_and_is_told_how_to_get_in(string path)
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        using var stranger = served.NewClient();

        var answer = await stranger.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("envelope registry", text, StringComparison.Ordinal);
        Assert.DoesNotContain("golden", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync("/tags")).StatusCode);
    }

    [Theory]
    [InlineData("Bearer", "{0}", HttpStatusCode.OK)]
    [InlineData("bearer", "{0}", HttpStatusCode.OK)]
    [InlineData("Bearer", "{0}0", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer", "", HttpStatusCode.Unauthorized)]
    [InlineData("Digest", "{0}", HttpStatusCode.Unauthorized)]
    [InlineData("Basic", "not base64", HttpStatusCode.Unauthorized)]
    public async Task The_token_is_the_one_that_was_printed(string scheme, string form, HttpStatusCode code)
    {
        await using var served = await ServedStore.StartAsync();
        using var client = served.NewClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue(scheme, form.Replace("{0}", served.Token, StringComparison.Ordinal));

        Assert.Equal(code, (await client.GetAsync("/api/tags")).StatusCode);
    }

    [Fact]
    public async Task The_password_of_any_user_is_the_token()
    {
        await using var served = await ServedStore.StartAsync();
        using var client = served.NewClient();
        var sent = Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{served.Token}"));
        client.DefaultRequestHeaders.Authorization = new("Basic", sent);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tags")).StatusCode);
    }

    [Fact]
    public async Task The_printed_address_signs_a_browser_in_and_the_token_leaves_the_address()
    {
        await using var served = await ServedStore.StartAsync();
        using var browser = served.NewClient();

        var answer = await browser.GetAsync($"/tags?token={served.Token}&limit=3");

        Assert.Equal("/tags?limit=3", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(served.Token, cookie, StringComparison.Ordinal);
        browser.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/tags")).StatusCode);
        browser.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "(");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/tags")).StatusCode); // what was sent counts
        browser.DefaultRequestHeaders.Remove("Authorization");
        browser.DefaultRequestHeaders.Remove("Cookie");
        browser.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0] + "0");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/tags")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync($"/?token={served.Token}0")).StatusCode);
    }

    [Theory]
    [InlineData("Host", "registry.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "127.0.0.1.example:80", HttpStatusCode.Forbidden)]
    [InlineData("Host", "localhost", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]:80", HttpStatusCode.OK)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Accept", "text/html", HttpStatusCode.OK)]
    public async Task A_page_of_another_name_or_site_is_refused_though_it_has_the_cookie(
        string header, string value, HttpStatusCode code)
    {
        await using var served = await ServedStore.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tags");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(code, (await served.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_form_of_this_site_is_taken_and_one_of_another_is_not()
    {
        await using var served = await ServedStore.StartAsync(ServedStore.Linear);
        var path = $"/api/envelopes/{ServedStore.Linear}/{await served.DigestAsync(ServedStore.Linear)}/tags";
        async Task<HttpStatusCode> SendAsync(string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Add(header, value);
            return (await served.Client.SendAsync(request)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await SendAsync("Origin", served.Address));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync("Origin", "http://127.0.0.1:1"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync("Sec-Fetch-Site", "same-site"));
    }

    [Fact]
    public async Task Pages_may_run_nothing_from_elsewhere_and_be_in_nobodys_frame()
    {
        await using var served = await ServedStore.StartAsync();

        var headers = (await served.Client.GetAsync("/")).Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
    }

    [Fact]
    public async Task The_token_is_kept_for_its_owner_alone_and_stays_over_a_restart()
    {
        await using var served = await ServedStore.StartAsync();
        var before = served.Token;
        string[] Files() => Directory.GetFiles(served.At("user"), "*", SearchOption.AllDirectories);
        Assert.Equal(3, Files().Length); // by its store, and by its address with a lock
        await served.RestartAsync();

        Assert.Equal(before, served.Token);
        Assert.Equal(3, Files().Length);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Files())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
            }

            await served.RestartAsync();
            Assert.NotEqual(before, served.Token);
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("here")]
    [InlineData("http://127.0.0.1:0;here")]
    public async Task Where_nobody_can_listen_is_an_error_that_names_it(string urls)
    {
        var refused = await Assert.ThrowsAsync<EnvelopeException>(
            () => RegistryServer.StartAsync(new() { Store = Path.GetTempPath(), Urls = urls }));

        Assert.Equal(EnvelopeError.Invalid, refused.Error);
        Assert.Contains($"'{urls.Split(';')[^1]}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_names_it()
    {
        await using var served = await ServedStore.StartAsync();

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => RegistryServer.StartAsync(
            new() { Store = served.Directory, Urls = served.Address, UserDirectory = served.At("user") }));

        Assert.Contains(served.Address, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_settings_that_cannot_be_used_is_an_error_that_names_the_file()
    {
        await using var served = await ServedStore.StartAsync();
        await File.WriteAllTextAsync(served.At("a-file"), "");

        var refused = await Assert.ThrowsAsync<EnvelopeException>(() => RegistryServer.StartAsync(
            new() { Store = served.Directory, Urls = "http://127.0.0.1:0", UserDirectory = served.At("a-file") }));

        Assert.Equal(EnvelopeError.Unavailable, refused.Error);
        Assert.Contains(served.At("a-file"), refused.Message, StringComparison.Ordinal);
    }
}
