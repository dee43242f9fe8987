using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EnvelopeSdk.Signing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Signing;

/// <summary>Signatures in a registry, where cosign puts them.</summary>
public sealed class RegistrySignatureTests : IDisposable
{
    private const string Annotation = "dev.cosignproject.cosign/signature";

    private readonly TempStore _one = new();
    private readonly TempStore _two = new();
    private readonly KeyFiles _ada = new();
    private readonly KeyFiles _bob = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _ada.Dispose();
        _bob.Dispose();
        _registry.Dispose();
    }

    [ProgramsFact("docker-registry")]
    public async Task They_are_pushed_and_pulled_with_the_envelope_and_join_those_that_are_there()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var address = $"oci://{registry.Host}/team/house-price:v1";
        var saved = await _one.SaveAsync();
        await _one.Store.SignAsync("house-price", _ada.Signing);
        await _one.PushAsync(saved, address);
        await _two.PullAsync(address);
        await VerifyAsync("house-price", _two, _ada);

        await _two.Store.SignAsync("house-price", _bob.Signing);
        await _two.PushAsync(saved, address);
        await _one.PullAsync(address);
        await VerifyAsync("house-price", _one, _ada);
        await VerifyAsync("house-price", _one, _bob);
        await VerifyAsync(address, _one, _bob);
    }

    [ProgramsFact("docker-registry")]
    public async Task An_envelope_is_signed_where_it_lies_as_what_it_is_called_there()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var address = $"oci://{registry.Host}/team/house-price:v1";
        await _one.PushAsync(await _one.SaveAsync(), address);
        await Failure.OfAsync(EnvelopeError.Untrusted, () => VerifyAsync(address, _two, _ada), "it has no signature");

        Assert.True((await SignAsync(address, _ada)).IsNew);
        Assert.False((await SignAsync(address, _ada)).IsNew);
        Assert.True((await SignAsync(address, _bob)).IsNew);
        var verified = await VerifyAsync(address, _two, _ada);
        Assert.Equal($"{registry.Host}/team/house-price", verified.Claim.Identity);
        await VerifyAsync(address, _two, _bob);
    }

    [Fact]
    public async Task Two_who_read_before_either_writes_lose_nothing()
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);
        var (bothHaveLooked, bothHaveWritten) = (new Meeting(2), new Meeting(2));
        _registry.Intercept = async context =>
        {
            var isOfTag = context.Request.Url!.AbsolutePath.EndsWith(".sig", StringComparison.Ordinal);
            if (isOfTag && context.Request.HttpMethod == "HEAD" && !bothHaveLooked.IsOver)
            {
                // Answered here: the one who is told first may have written before the other is.
                await bothHaveLooked.ComeAsync();
                StandInRegistry.Answer(context, 404);
                return true;
            }

            if (!isOfTag || context.Request.HttpMethod != "PUT" || bothHaveWritten.IsOver)
            {
                return false;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _registry.Manifests[TagOf(saved)] = body.ToArray();
            await bothHaveWritten.ComeAsync();
            StandInRegistry.Answer(context, 201);
            return true;
        };
        await Task.WhenAll(SignAsync(_registry.Address, _ada), SignAsync(_registry.Address, _bob));

        Assert.Equal(3, _registry.Count("PUT", ".sig"));
        await VerifyAsync(_registry.Address, _two, _ada);
        await VerifyAsync(_registry.Address, _two, _bob);
    }

    /// <summary>With what cosign does: the tag is made of the digest, and the payload's signature is an annotation.</summary>
    [ProgramsFact("docker-registry", "skopeo", "openssl")]
    public async Task Skopeo_finds_a_signature_and_openssl_checks_it()
    {
        await using var registry = await RegistryProcess.StartAsync();
        var image = $"{registry.Host}/team/house-price";
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, $"oci://{image}:v1");
        await SignAsync($"oci://{image}:v1", _ada);
        await Programs.RunAsync(
            "skopeo", "copy", "--src-tls-verify=false", $"docker://{image}:{TagOf(saved)}", $"dir:{_one.At("copied")}");

        var layer = JsonNode.Parse(await File.ReadAllBytesAsync(_one.At("copied/manifest.json")))!["layers"]![0]!;
        var payload = _one.At($"copied/{((string)layer["digest"]!)["sha256:".Length..]}");
        Assert.Equal(saved.Digest.ToString(), (string)JsonNode.Parse(
            await File.ReadAllBytesAsync(payload))!["critical"]!["image"]!["docker-manifest-digest"]!);
        await File.WriteAllBytesAsync(
            _one.At("signature"), Convert.FromBase64String((string)layer["annotations"]![Annotation]!));
        string[] check = ["dgst", "-sha256", "-signature", _one.At("signature"), "-verify"];
        await Programs.RunAsync("openssl", [.. check, _ada.Public, payload]);
        await Assert.ThrowsAnyAsync<Exception>(() => Programs.RunAsync("openssl", [.. check, _bob.Public, payload]));
    }

    [Fact]
    public async Task They_lie_as_cosign_writes_them()
    {
        var saved = await PushSignedAsync();
        var manifest = JsonNode.Parse(_registry.Manifests[TagOf(saved)])!;
        Assert.Equal(2, (int)manifest["schemaVersion"]!);
        Assert.Equal("application/vnd.oci.image.manifest.v1+json", (string)manifest["mediaType"]!);
        Assert.Equal("application/vnd.oci.image.config.v1+json", (string)manifest["config"]!["mediaType"]!);
        var layer = Assert.Single(manifest["layers"]!.AsArray())!;
        Assert.Equal("application/vnd.dev.cosign.simplesigning.v1+json", (string)layer["mediaType"]!);
        Assert.Equal([Annotation], layer["annotations"]!.AsObject().Select(one => one.Key));
        var payload = _registry.Blobs[(string)layer["digest"]!];
        Assert.Equal(
            $$"""{"critical":{"identity":{"docker-reference":"house-price"},"image":{"docker-manifest-digest":"{{saved.Digest}}"},"type":"cosign container image signature"},"optional":null}""",
            Encoding.UTF8.GetString(payload));
        Assert.Equal(payload.Length, (int)layer["size"]!);
        var config = JsonNode.Parse(_registry.Blobs[(string)manifest["config"]!["digest"]!])!;
        Assert.Equal([(string)layer["digest"]!], config["rootfs"]!["diff_ids"]!.AsArray().Select(one => (string)one!));
    }

    [Fact]
    public async Task What_others_put_beside_them_stays_as_it_is()
    {
        var saved = await PushSignedAsync();
        var manifest = JsonNode.Parse(_registry.Manifests[TagOf(saved)])!;
        manifest["layers"]![0]!["annotations"]!["dev.sigstore.cosign/bundle"] = "{}";
        manifest["layers"]!.AsArray().Add(JsonNode.Parse($$"""{"mediaType":"text/plain","digest":"{{saved.Digest}}","size":1,"data":"eA=="}"""));
        manifest["annotations"] = new JsonObject { ["who"] = "else" };
        var (before, others) = (manifest["layers"]![0]!.ToJsonString(), manifest["layers"]![1]!.ToJsonString());
        Put(saved, manifest);

        await SignAsync(_registry.Address, _bob);
        manifest = JsonNode.Parse(_registry.Manifests[TagOf(saved)])!;
        Assert.Equal([before, others], manifest["layers"]!.AsArray().Take(2).Select(one => one!.ToJsonString()));
        Assert.Equal("else", (string)manifest["annotations"]!["who"]!);
        await _two.PullAsync(_registry.Address);
        var pulled = await _two.Store.ReadSignaturesAsync(saved);
        Assert.Contains(pulled, one => one.Annotations.ContainsKey("dev.sigstore.cosign/bundle"));
        Assert.Equal(2, pulled.Count);
    }

    [Fact]
    public async Task Who_is_overwritten_by_another_adds_it_again()
    {
        var saved = await PushSignedAsync();
        var before = _registry.Manifests[TagOf(saved)];
        var times = 0;
        _registry.Intercept = context =>
        {
            // Another writer, who had read before the first write and writes behind it.
            if (context.Request.HttpMethod == "GET" && context.Request.Url!.AbsolutePath.EndsWith(".sig", StringComparison.Ordinal)
                && _registry.Count("PUT", ".sig") == 2 && times++ == 0)
            {
                _registry.Manifests[TagOf(saved)] = before;
            }

            return Task.FromResult(false);
        };
        await SignAsync(_registry.Address, _bob);

        Assert.Equal(1, times);
        Assert.Equal(3, _registry.Count("PUT", ".sig"));
        await VerifyAsync(_registry.Address, _two, _ada);
        await VerifyAsync(_registry.Address, _two, _bob);
    }

    [Fact]
    public async Task Where_others_write_all_the_time_it_is_told_and_nothing_hangs()
    {
        var saved = await PushSignedAsync();
        var before = _registry.Manifests[TagOf(saved)];
        _registry.Intercept = context =>
        {
            if (context.Request.HttpMethod == "GET" && context.Request.Url!.AbsolutePath.EndsWith(".sig", StringComparison.Ordinal))
            {
                _registry.Manifests[TagOf(saved)] = before;
            }

            return Task.FromResult(false);
        };

        await Failure.OfAsync(EnvelopeError.Unavailable, () => SignAsync(_registry.Address, _bob), "did not stay", TagOf(saved));
    }

    [Fact]
    public async Task A_layer_of_another_media_type_is_no_signature()
    {
        var saved = await PushSignedAsync();
        Change(saved, layer => layer["mediaType"] = "application/vnd.dsse.envelope.v1+json");

        await Failure.OfAsync(EnvelopeError.Untrusted, () => VerifyAsync(_registry.Address, _two, _ada), "it has no signature");
        Assert.Equal(saved, await _two.PullAsync(_registry.Address));
    }

    [Fact]
    public async Task A_payload_that_is_not_there_or_other_bytes_is_refused()
    {
        var saved = await PushSignedAsync();
        var layer = JsonNode.Parse(_registry.Manifests[TagOf(saved)])!["layers"]![0]!;
        var payload = _registry.Blobs[(string)layer["digest"]!];
        _registry.Blobs[(string)layer["digest"]!] = [.. payload[..^1], (byte)' '];
        await RefusedAsync("what came is not what the digest says");
        _registry.Blobs.TryRemove((string)layer["digest"]!, out _);
        await RefusedAsync("it is not there");

        _registry.Blobs[(string)layer["digest"]!] = payload;
        await VerifyAsync(_registry.Address, _two, _ada);
    }

    [Theory]
    [InlineData("[]"), InlineData("{"), InlineData("""{"layers":null}"""), InlineData("""{"layers":[null]}""")]
    [InlineData("""{"layers":[],"layers":[]}"""), InlineData("""{"layers":[{"mediaType":"x","digest":"sha256:0","size":1}]}""")]
    public async Task What_is_no_manifest_with_layers_is_refused_and_not_written_over(string json)
    {
        var saved = await PushSignedAsync();
        _registry.Manifests[TagOf(saved)] = Encoding.UTF8.GetBytes(json);

        await RefusedAsync("no manifest with signatures", TagOf(saved), "Delete that tag");
        await Failure.OfAsync(EnvelopeError.Damaged, () => SignAsync(_registry.Address, _bob), "no manifest with signatures");
        Assert.Equal(json, Encoding.UTF8.GetString(_registry.Manifests[TagOf(saved)]));
    }

    [Fact]
    public async Task What_is_too_large_or_too_many_is_refused_before_it_is_read()
    {
        var saved = await PushSignedAsync();
        var sound = _registry.Manifests[TagOf(saved)];
        Change(saved, layer => layer["size"] = 5_000_000_000);
        await RefusedAsync("a payload of 5000000000 bytes");
        Change(saved, layer => layer["size"] = -1);
        await RefusedAsync("a payload of -1 bytes");

        var many = JsonNode.Parse(sound)!;
        many["layers"] = new JsonArray([.. Enumerable.Range(0, 257).Select(_ => many["layers"]![0]!.DeepClone())]);
        Put(saved, many);
        await RefusedAsync("more than 256");

        _registry.Manifests[TagOf(saved)] = [.. sound, .. Encoding.UTF8.GetBytes(new string(' ', 5 << 20))];
        await RefusedAsync("larger than 4194304 bytes");

        var asked = _registry.Count("GET", "/blobs/");
        Change(saved, layer => layer["annotations"]![Annotation] = new string('A', 200_000), sound);
        await RefusedAsync("annotations of");
        _registry.Manifests[TagOf(saved)] = sound;
        await VerifyAsync(_registry.Address, _two, _ada);
    }

    [Fact]
    public async Task A_payload_that_has_no_end_is_cut_off()
    {
        var saved = await PushSignedAsync();
        var digest = (string)JsonNode.Parse(_registry.Manifests[TagOf(saved)])!["layers"]![0]!["digest"]!;
        long sent = 0;
        _registry.Intercept = async context =>
        {
            if (!context.Request.Url!.AbsolutePath.EndsWith(digest, StringComparison.Ordinal))
            {
                return false;
            }

            await SendForeverAsync(context, count => sent = count);
            return true;
        };

        await RefusedAsync(digest);
        Assert.InRange(sent, 1, 64 << 20);
    }

    private static async Task SendForeverAsync(HttpListenerContext context, Action<long> note)
    {
        try
        {
            context.Response.SendChunked = true;
            var piece = new byte[1 << 16];
            for (long sent = 0; sent < 256 << 20; note(sent += piece.Length))
            {
                await context.Response.OutputStream.WriteAsync(piece);
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
        }
    }

    private static string TagOf(EnvelopeReference saved) => $"sha256-{saved.Digest.Hex}.sig";

    private async Task<EnvelopeReference> PushSignedAsync()
    {
        var saved = await _one.SaveAsync();
        await _one.Store.SignAsync("house-price", _ada.Signing);
        await _one.PushAsync(saved, _registry.Address);
        return saved;
    }

    private void Put(EnvelopeReference saved, JsonNode manifest) =>
        _registry.Manifests[TagOf(saved)] = Encoding.UTF8.GetBytes(manifest.ToJsonString());

    private void Change(EnvelopeReference saved, Action<JsonNode> change, byte[]? sound = null)
    {
        var manifest = JsonNode.Parse(sound ?? _registry.Manifests[TagOf(saved)])!;
        change(manifest["layers"]![0]!);
        Put(saved, manifest);
    }

    private async Task RefusedAsync(params string[] named)
    {
        await Failure.OfAsync(EnvelopeError.Damaged, () => VerifyAsync(_registry.Address, _two, _ada), named);
        await Failure.OfAsync(EnvelopeError.Damaged, () => _two.PullAsync(_registry.Address), named);
        Assert.Empty(await _two.Store.ListNamesAsync());
    }

    private Task<SignedEnvelope> SignAsync(string address, KeyFiles key) =>
        EnvelopeStore.SignAsync(_one.Store, address, key.Signing, null, null, Shortly.Options, CancellationToken.None);

    private static async Task<VerifiedSignature> VerifyAsync(string reference, TempStore store, KeyFiles key)
    {
        var resolved = await EnvelopeResolver.OpenAsync(reference, store.Store, Shortly.Options, CancellationToken.None);
        return await resolved.VerifySignatureAsync([key.Verification]);
    }

    /// <summary>Nobody goes on before all have come.</summary>
    private sealed class Meeting(int expected)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _come;

        public bool IsOver => _all.Task.IsCompleted;

        public Task ComeAsync()
        {
            if (Interlocked.Increment(ref _come) == expected)
            {
                _all.SetResult();
            }

            return _all.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
    }
}
