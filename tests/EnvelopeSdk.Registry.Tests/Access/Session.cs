using System.Net;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>A person's browser, as the registry sees it.</summary>
internal static partial class Session
{
    /// <summary>Signs in with a key.</summary>
    /// <returns>The value of the cookie.</returns>
    public static async Task<string> BeginAsync(string address, string key, string to = "/")
    {
        using var answer = await PostAsync(address, null, "/sign-in", "/session", ("key", key), ("to", to));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(to, answer.Headers.Location?.OriginalString);
        return answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("envelope-registry-key-", StringComparison.Ordinal))
            .Split(';')[0].Split('=', 2)[1];
    }

    public static async Task<HttpStatusCode> GetAsync(string address, string? cookie, string path)
    {
        using var answer = await OpenAsync(address, cookie, path);
        return answer.StatusCode;
    }

    /// <summary>Opens a page.</summary>
    public static Task<HttpResponseMessage> OpenAsync(string address, string? cookie, string path) =>
        SendAsync(address, new(HttpMethod.Get, path), cookie, null);

    /// <summary>Opens a page and sends its form.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        string address, string? cookie, string page, string path, params (string Name, string Value)[] fields)
    {
        using var opened = await SendAsync(address, new(HttpMethod.Get, page), cookie, null);
        var text = await opened.Content.ReadAsStringAsync();
        Assert.True(opened.StatusCode == HttpStatusCode.OK, text);
        var form = opened.Headers.TryGetValues("Set-Cookie", out var set) ? set.Last().Split(';')[0] : null;
        var token = new KeyValuePair<string, string>(
            "__RequestVerificationToken", Token().Match(text).Groups["value"].Value);
        return await SendAsync(
            address,
            new(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([token, .. fields.Select(one => KeyValuePair.Create(one.Name, one.Value))]),
            },
            cookie, form);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        string address, HttpRequestMessage request, string? cookie, string? form)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(address) };
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        var name = $"envelope-registry-key-{new Uri(address).Port}";
        var cookies = string.Join("; ", new[] { cookie is null ? null : $"{name}={cookie}", form }.OfType<string>());
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", cookies);
        }

        return await client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
