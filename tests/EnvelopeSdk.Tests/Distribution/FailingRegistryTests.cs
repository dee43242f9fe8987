using System.Net;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Distribution;

/// <summary>Registries and connections that fail in the middle.</summary>
public sealed class FailingRegistryTests : IDisposable
{
    private readonly TempStore _one = new();
    private readonly TempStore _two = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _registry.Dispose();
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task What_breaks_off_at_any_byte_goes_on_from_there(int seed)
    {
        var saved = await _one.SaveAsync();
        var random = new Random(seed);
        _registry.CutAfter = () =>
        {
            lock (random)
            {
                return random.Next(3) == 0 ? random.Next(1, 60_000) : null;
            }
        };

        await _one.PushAsync(saved, _registry.Address);
        Assert.Equal(saved, await _two.PullAsync(_registry.Address));
        Assert.Equal(saved.Digest, (await _two.OpenSoundAsync()).Digest);
        Assert.True(_registry.Count("PATCH", "/uploads/") > 2);
    }

    [Theory]
    [InlineData(429), InlineData(500), InlineData(503)]
    public async Task What_a_busy_registry_refuses_is_asked_again(int status)
    {
        var saved = await _one.SaveAsync();
        var random = new Random(status);
        _registry.Intercept = context =>
        {
            bool isBusy;
            lock (random)
            {
                isBusy = random.Next(4) == 0;
            }

            if (isBusy)
            {
                StandInRegistry.Answer(context, status, "", ("Retry-After", "0"));
            }

            return Task.FromResult(isBusy);
        };

        await _one.PushAsync(saved, _registry.Address);
        Assert.Equal(saved, await _two.PullAsync(_registry.Address));
        await _two.OpenSoundAsync();
    }

    /// <param name="times">How often a piece behind the first is refused.</param>
    /// <param name="begunAnew">How many uploads are begun that do not end.</param>
    [Theory]
    [InlineData(1, 0), InlineData(int.MaxValue, 1)]
    public async Task What_does_not_follow_goes_on_where_the_registry_stands_or_begins_anew(int times, int begunAnew)
    {
        var saved = await _one.SaveAsync();
        string? refused = null;
        _registry.Intercept = context =>
        {
            var isRefused = context.Request.HttpMethod == "PATCH"
                && context.Request.Headers["Content-Range"]?.StartsWith("0-", StringComparison.Ordinal) == false
                && (refused ??= context.Request.RawUrl) == context.Request.RawUrl && times-- > 0;
            if (isRefused)
            {
                StandInRegistry.Answer(context, 416);
            }

            return Task.FromResult(isRefused);
        };

        await _one.PushAsync(saved, _registry.Address);
        Assert.NotNull(refused);
        Assert.Equal(_registry.Count("PUT", "/uploads/") + begunAnew, _registry.Count("POST", "/uploads/"));
        Assert.Equal(saved, await _two.PullAsync(_registry.Address));
    }

    [Fact]
    public async Task A_registry_that_stays_busy_is_named_with_what_it_said()
    {
        var saved = await _one.SaveAsync();
        _registry.Intercept = context =>
        {
            StandInRegistry.Answer(context, 503, """{"errors":[{"code":"TOOMANYREQUESTS","message":"not today"}]}""");
            return Task.FromResult(true);
        };

        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _two.PullAsync(_registry.Address),
            $"'{_registry.Host}'", "'team/house-price'", "manifest 'v1'", "503", "TOOMANYREQUESTS not today", "Try again");
        await Failure.OfAsync(EnvelopeError.Unavailable, () => _one.PushAsync(saved, _registry.Address), "503");
    }

    [Fact]
    public async Task Nobody_who_listens_is_named_with_the_cure()
    {
        var address = $"oci://127.0.0.1:{Ports.Free()}/a";
        await Failure.OfAsync(EnvelopeError.Unavailable, () => _two.PullAsync(address), "127.0.0.1", "'a'", "network");
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        await Failure.OfAsync(
            EnvelopeError.NotFound, () => _two.PullAsync(_registry.Address), "404", "unknown to the stand-in", "list-tags");
    }

    [Theory]
    [InlineData("flipped"), InlineData("shorter"), InlineData("longer"), InlineData("missing")]
    public async Task Wrong_bytes_are_refused_and_nothing_of_them_is_in_the_store(string damage)
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);
        foreach (var blob in (await _one.OpenSoundAsync()).Blobs)
        {
            var digest = blob.Digest.ToString();
            var right = _registry.Blobs[digest];
            byte[] flipped = [.. right];
            flipped[^1] ^= 1;
            _registry.Blobs[digest] = damage switch { "flipped" => flipped, "shorter" => right[1..], "longer" => [.. right, 0], _ => null! };

            await Failure.OfAsync(EnvelopeError.Damaged, () => _two.PullAsync(_registry.Address), _registry.Address, blob.Digest.Hex);
            _registry.Blobs[digest] = right;
        }

        Assert.Empty(await _two.Store.ListNamesAsync());
        Assert.False(Directory.Exists(_two.In("blobs")));
        Assert.Equal(saved, await _two.PullAsync(_registry.Address));
    }

    [Fact]
    public async Task A_manifest_of_another_digest_is_refused()
    {
        var (one, two) = (await _one.SaveAsync(1), await _one.SaveAsync(2));
        var address = await _one.PushAsync(one, _registry.Address);
        await _one.PushAsync(two, _registry.Address);
        _registry.Manifests[one.Digest.ToString()] = _registry.Manifests[two.Digest.ToString()];

        await Failure.OfAsync(EnvelopeError.Damaged, () => _two.PullAsync(address), "what came has the digest", two.Digest.Hex);
    }

    [Fact]
    public async Task What_is_no_envelope_is_refused()
    {
        _registry.Manifests["v1"] = """{"schemaVersion":2,"manifests":[]}"""u8.ToArray();

        await Failure.OfAsync(EnvelopeError.Damaged, () => _two.PullAsync(_registry.Address), _registry.Address);
    }

    [Fact]
    public async Task An_address_on_the_way_that_is_not_encrypted_is_refused()
    {
        var saved = await _one.SaveAsync();
        await _one.PushAsync(saved, _registry.Address);
        _registry.Intercept = context =>
        {
            context.Response.Redirect("http://example.invalid/");
            context.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
            context.Response.Close();
            return Task.FromResult(true);
        };

        await Failure.OfAsync(
            EnvelopeError.Unavailable, () => _two.PullAsync(_registry.Address), "http://example.invalid", "https");
    }
}
