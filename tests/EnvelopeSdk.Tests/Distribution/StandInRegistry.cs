using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>A small registry in this process, which tests make fail.</summary>
internal sealed class StandInRegistry : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = [];

    public StandInRegistry()
    {
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Host { get; } = $"127.0.0.1:{Ports.Free()}";

    public string Address => $"oci://{Host}/team/house-price:v1";

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = [];

    public ConcurrentDictionary<string, byte[]> Manifests { get; } = [];

    /// <summary>What was asked: method, path, and what proved who asks.</summary>
    public ConcurrentQueue<(string Method, string Path, string? Authorization)> Requests { get; } = [];

    /// <summary>Answers in the registry's place, and says whether it did.</summary>
    public Func<HttpListenerContext, Task<bool>> Intercept { get; set; } = _ => Task.FromResult(false);

    /// <summary>How many bytes of content go in or out before the connection breaks; null for all.</summary>
    public Func<int?> CutAfter { get; set; } = () => null;

    public int PageSize { get; set; } = 1000;

    /// <summary>What the referrers API lists: the manifests whose subject is another one.</summary>
    public IReadOnlyList<JsonNode> Referrers(string digest) =>
    [
        .. Manifests.Where(manifest => manifest.Key.Contains(':', StringComparison.Ordinal))
            .Select(manifest => JsonNode.Parse(manifest.Value)!)
            .Where(manifest => (string?)manifest["subject"]?["digest"] == digest),
    ];

    public int Count(string method, string part) => Requests.Count(
        one => one.Method == method && one.Path.Contains(part, StringComparison.Ordinal));

    public void Dispose() => _listener.Close();

    public static void Answer(
        HttpListenerContext context, int status, string body = "", params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.StatusCode = status;
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: true);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        Requests.Enqueue((request.HttpMethod, request.Url!.PathAndQuery, request.Headers["Authorization"]));
        try
        {
            if (!await Intercept(context))
            {
                await RouteAsync(context, request.Url.AbsolutePath);
            }
        }
        catch (Exception)
        {
            context.Response.Abort();
        }
    }

    private Task RouteAsync(HttpListenerContext context, string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return path switch
        {
            _ when path.EndsWith("/tags/list", StringComparison.Ordinal) => ListAsync(context),
            _ when path.Contains("/manifests/", StringComparison.Ordinal) => ManifestAsync(context, name),
            _ when path.Contains("/blobs/uploads/", StringComparison.Ordinal) => UploadAsync(context, name),
            _ => GiveAsync(context, Blobs.GetValueOrDefault(name), name),
        };
    }

    private async Task ManifestAsync(HttpListenerContext context, string name)
    {
        if (context.Request.HttpMethod != "PUT")
        {
            var bytes = Manifests.GetValueOrDefault(name);
            await GiveAsync(context, bytes, bytes is null ? name : Digest.Of(bytes).ToString());
            return;
        }

        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        Manifests[name] = Manifests[Digest.Of(body.ToArray()).ToString()] = body.ToArray();
        Answer(context, 201);
    }

    private Task ListAsync(HttpListenerContext context)
    {
        var last = context.Request.QueryString["last"] ?? "";
        var tags = Manifests.Keys.Where(key => !key.Contains(':', StringComparison.Ordinal))
            .Where(tag => string.CompareOrdinal(tag, last) > 0).Order(StringComparer.Ordinal).ToList();
        var page = JsonSerializer.Serialize(new { name = "team/house-price", tags = tags.Take(PageSize) });
        Answer(
            context, 200, page,
            tags.Count > PageSize ? [("Link", $"</v2/team/house-price/tags/list?last={tags[PageSize - 1]}>; rel=\"next\"")] : []);
        return Task.CompletedTask;
    }

    private async Task GiveAsync(HttpListenerContext context, byte[]? bytes, string digest)
    {
        if (bytes is null)
        {
            Answer(context, 404, """{"errors":[{"code":"UNKNOWN","message":"unknown to the stand-in"}]}""");
            return;
        }

        var start = context.Request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        var response = context.Response;
        response.StatusCode = start > 0 ? 206 : 200;
        response.Headers["Docker-Content-Digest"] = digest;
        response.Headers["Content-Range"] = start > 0 ? $"bytes {start}-{bytes.Length - 1}/{bytes.Length}" : null;
        response.ContentLength64 = bytes.Length - start;
        if (context.Request.HttpMethod == "HEAD")
        {
            response.Close();
            return;
        }

        var cut = CutAfter() ?? int.MaxValue;
        await response.OutputStream.WriteAsync(bytes.AsMemory(start, Math.Min(cut, bytes.Length - start)));
        if (cut < bytes.Length - start)
        {
            await response.OutputStream.FlushAsync();
            response.Abort();
            return;
        }

        response.Close();
    }

    private async Task UploadAsync(HttpListenerContext context, string id)
    {
        var method = context.Request.HttpMethod;
        if (method == "POST")
        {
            Begin(context);
            return;
        }

        if (!_uploads.TryGetValue(id, out var upload))
        {
            Answer(context, 404);
            return;
        }

        var range = ("Range", $"0-{Math.Max(0, upload.Length - 1)}");
        if (method == "GET")
        {
            Answer(context, 204, "", range);
            return;
        }

        if (context.Request.Headers["Content-Range"] is { } part && long.Parse(part.Split('-')[0], CultureInfo.InvariantCulture) != upload.Length)
        {
            Answer(context, 416, "", range);
            return;
        }

        if (!await TakeAsync(context.Request.InputStream, upload))
        {
            context.Response.Abort();
            return;
        }

        End(context, method, id, upload);
    }

    private void Begin(HttpListenerContext context)
    {
        if (context.Request.QueryString["mount"] is { } mount && Blobs.ContainsKey(mount))
        {
            Answer(context, 201);
            return;
        }

        var id = Guid.NewGuid().ToString("n");
        _uploads[id] = new MemoryStream();
        Answer(context, 202, "", ("Location", $"/v2/team/house-price/blobs/uploads/{id}"));
    }

    /// <returns>Whether all of it was taken: the connection did not break.</returns>
    private async Task<bool> TakeAsync(Stream body, MemoryStream upload)
    {
        var left = CutAfter() ?? int.MaxValue;
        var buffer = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)))) > 0)
        {
            upload.Write(buffer, 0, read);
            left -= read;
            if (left == 0)
            {
                return false;
            }
        }

        return true;
    }

    private void End(HttpListenerContext context, string method, string id, MemoryStream upload)
    {
        if (method == "PATCH")
        {
            Answer(context, 202, "", ("Location", $"/v2/team/house-price/blobs/uploads/{id}"));
            return;
        }

        var digest = context.Request.QueryString["digest"]!;
        if (Digest.Of(upload.ToArray()).ToString() != digest)
        {
            Answer(context, 400, """{"errors":[{"code":"DIGEST_INVALID","message":"other bytes came"}]}""");
            return;
        }

        Blobs[digest] = upload.ToArray();
        _uploads.TryRemove(id, out _);
        Answer(context, 201);
    }
}
