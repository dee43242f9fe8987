using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution;

/// <summary>A repository of a served store, spoken to in plain HTTP.</summary>
internal sealed class TestRepository(ServedStore served, string name)
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";

    public string Name => name;

    public string At(string path) => $"/v2/{name}/{path}";

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[]? body = null, string? type = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : At(path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        }

        foreach (var (key, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(key, value) || request.Content!.Headers.TryAddWithoutValidation(key, value));
        }

        return await served.Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers: headers);

    public async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>Begins an upload.</summary>
    /// <returns>Where it goes on.</returns>
    public async Task<string> BeginAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, "blobs/uploads/", []);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    public Task<Digest> PushBlobAsync(string text) => PushBlobAsync(Encoding.UTF8.GetBytes(text));

    public async Task<Digest> PushBlobAsync(byte[] bytes)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"blobs/uploads/?digest={Digest.Of(bytes)}", bytes);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return Digest.Of(bytes);
    }

    /// <summary>The manifest of an artifact with one layer, whose content is pushed.</summary>
    public async Task<byte[]> MakeManifestAsync(string layer, Action<JsonObject>? change = null)
    {
        await PushBlobAsync("{}");
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = Descriptor("application/vnd.oci.empty.v1+json", "{}"u8),
            ["layers"] = new JsonArray(Descriptor("text/plain", Encoding.UTF8.GetBytes(layer))),
        };
        await PushBlobAsync(layer);
        change?.Invoke(manifest);
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    public Task<HttpResponseMessage> PutAsync(string reference, byte[] manifest, string type = Manifest) =>
        SendAsync(HttpMethod.Put, $"manifests/{reference}", manifest, type);

    /// <summary>Pushes an artifact under a tag.</summary>
    public async Task<Digest> PushAsync(string tag, string layer = "layer", Action<JsonObject>? change = null)
    {
        var manifest = await MakeManifestAsync(layer, change);
        using var answer = await PutAsync(tag, manifest);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return Digest.Of(manifest);
    }

    public static JsonObject Descriptor(string type, ReadOnlySpan<byte> bytes) =>
        Descriptor(type, Digest.Of(bytes), bytes.Length);

    public static JsonObject Descriptor(string type, Digest digest, long size) =>
        new() { ["mediaType"] = type, ["digest"] = digest.ToString(), ["size"] = size };

    /// <summary>Expects a refusal in the form of the specification.</summary>
    public static async Task<JsonNode> RefusedAsync(Task<HttpResponseMessage> sent, HttpStatusCode status, string code)
    {
        using var answer = await sent;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var error = Assert.Single(JsonNode.Parse(text)!["errors"]!.AsArray())!;
        Assert.Equal(code, (string?)error["code"]);
        Assert.NotEmpty((string)error["message"]!);
        return error;
    }
}
