using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.PackageTests.Feeds;

/// <summary>A small NuGet feed of protocol 3, over HTTP on this machine.</summary>
internal sealed class TestFeed : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, byte[]> _packages = [];
    private readonly Dictionary<string, JsonObject> _entries = [];
    private readonly JsonObject _advisories = [];
    private readonly List<string> _asked = [];
    private readonly string _root = $"http://127.0.0.1:{Ports.Free()}";

    public TestFeed()
    {
        _listener.Prefixes.Add(_root + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address => _root + "/index.json";

    /// <summary>What callers have to say who they are with: <c>name:password</c>.</summary>
    public string? Credentials { get; init; }

    /// <summary>Whether it fails for everything but its index.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The paths that were asked for.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Publishes a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="entry">More members of its catalog entry, as JSON.</param>
    public void Add(TestPackage package, string entry = "{}")
    {
        var json = JsonNode.Parse(entry)!.AsObject();
        json["id"] = package.Id;
        json["version"] = package.Version;
        (_packages[package.Key], _entries[package.Key]) = (package.Content, json);
    }

    /// <summary>Publishes an advisory in the list of vulnerabilities.</summary>
    public void Warn(string id, string range, int severity, string advisory) => _advisories[id.ToLowerInvariant()] =
        new JsonArray(new JsonObject { ["url"] = advisory, ["severity"] = severity, ["versions"] = range });

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        lock (_asked)
        {
            _asked.Add(path);
        }

        using var response = context.Response;
        var basic = Credentials is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials));
        if (basic is not null && context.Request.Headers["Authorization"] != basic)
        {
            response.StatusCode = 401;
            response.AddHeader("WWW-Authenticate", "Basic realm=\"feed\"");
            return;
        }

        response.StatusCode = IsBroken && path != "/index.json" ? 500 : 200;
        if (response.StatusCode == 200 && Find(path) is { } body)
        {
            response.ContentLength64 = body.Length;
            await response.OutputStream.WriteAsync(body);
        }
        else if (response.StatusCode == 200)
        {
            response.StatusCode = 404;
        }
    }

    private byte[]? Find(string path) => path.Trim('/').Split('/') switch
    {
        ["index.json"] => Json(Index()),
        ["advisories", "index.json"] => Json(new JsonArray(new JsonObject
        {
            ["@name"] = "base",
            ["@id"] = _root + "/advisories/base.json",
            ["@updated"] = "2026-01-01T00:00:00Z",
        })),
        ["advisories", "base.json"] => Json(_advisories.DeepClone()),
        ["content", var id, "index.json"] when Versions(id) is { Count: > 0 } versions =>
            Json(new JsonObject { ["versions"] = new JsonArray([.. versions.Select(one => (JsonNode)one)]) }),
        ["content", var id, var version, _] => _packages.GetValueOrDefault($"{id}/{version}"),
        ["about", var id, "index.json"] when Versions(id) is { Count: > 0 } versions => Json(About(id, versions)),
        _ => null,
    };

    private List<string> Versions(string id) =>
        [.. _packages.Keys.Where(key => key.StartsWith(id + "/", StringComparison.Ordinal)).Select(key => key[(id.Length + 1)..])];

    private JsonObject Index() => new()
    {
        ["version"] = "3.0.0",
        ["resources"] = new JsonArray(
            Resource("/content/", "PackageBaseAddress/3.0.0"), Resource("/about/", "RegistrationsBaseUrl/3.6.0"),
            Resource("/advisories/index.json", "VulnerabilityInfo/6.7.0")),
    };

    private JsonObject Resource(string path, string type) => new() { ["@id"] = _root + path, ["@type"] = type };

    private JsonObject About(string id, List<string> versions) => new()
    {
        ["count"] = 1,
        ["items"] = new JsonArray(new JsonObject
        {
            ["@id"] = $"{_root}/about/{id}/page.json",
            ["count"] = versions.Count,
            ["lower"] = versions[0],
            ["upper"] = versions[^1],
            ["items"] = new JsonArray([.. versions.Select(version => new JsonObject
            {
                ["@id"] = $"{_root}/about/{id}/{version}.json",
                ["catalogEntry"] = _entries[$"{id}/{version}"].DeepClone(),
                ["packageContent"] = $"{_root}/content/{id}/{version}/{id}.{version}.nupkg",
            })]),
        }),
    };

    private static byte[] Json(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
