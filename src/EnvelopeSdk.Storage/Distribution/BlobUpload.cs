using System.Net;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Distribution;

/// <summary>
/// Sends content to a registry, in pieces. When the connection breaks, the registry is asked how much it has, and the
/// rest is sent.
/// </summary>
/// <param name="channel">The repository.</param>
/// <param name="blob">The content.</param>
/// <param name="mountFrom">Another repository of the registry that may have it.</param>
internal sealed class BlobUpload(RegistryChannel channel, OciDescriptor blob, string? mountFrom)
{
    private readonly string _asked = $"take {blob.Digest}";
    private readonly Patience _patience = new(channel.Registry, channel.Options, $"take {blob.Digest}");
    private Uri? _location;
    private long _sent;
    private long _furthest;
    private bool _isResumed;
    private long? _refusedAt;
    private long _smallestChunk;

    /// <summary>Sends the content, unless the registry finds it in the other repository.</summary>
    /// <param name="open">Opens the content, as a stream that can be sought.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    /// <returns>Whether it was sent.</returns>
    /// <exception cref="EnvelopeException">The registry does not take it.</exception>
    public async Task<bool> SendAsync(Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        if (mountFrom is not null && await StartAsync(mountFrom, cancellationToken))
        {
            return false;
        }

        await using var source = await open();
        while (true)
        {
            try
            {
                if (_location is null && await StartAsync(null, cancellationToken))
                {
                    return false;
                }

                if (await SendPieceAsync(source, cancellationToken))
                {
                    return true;
                }

                if (_sent > _furthest)
                {
                    _furthest = _sent;
                    _patience.Progress();
                }
            }
            catch (Exception failure) when (RegistryChannel.IsTransient(failure, cancellationToken))
            {
                await _patience.WaitAsync(failure, cancellationToken);
                if (await ResumeAsync(cancellationToken))
                {
                    return true;
                }
            }
        }
    }

    /// <summary>Begins an upload.</summary>
    /// <returns>Whether the content is there already, taken from the other repository.</returns>
    private async Task<bool> StartAsync(string? from, CancellationToken cancellationToken)
    {
        var query = from is null ? "" : $"?mount={blob.Digest}&from={Uri.EscapeDataString(from)}";
        using var answer = await channel.SendAsync(
            () => new(HttpMethod.Post, new Uri(channel.Registry.Endpoint, "blobs/uploads/" + query))
            {
                Content = new ByteArrayContent([]),
            },
            _asked,
            cancellationToken);
        await EnsureAsync(answer, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            return true;
        }

        (_sent, _isResumed, _refusedAt) = (0, false, null);
        _smallestChunk = UploadHeaders.SmallestChunk(answer);
        Follow(answer);
        return false;
    }

    /// <summary>Sends a piece; the last one with the digest.</summary>
    /// <returns>Whether it was the last.</returns>
    private async Task<bool> SendPieceAsync(Stream source, CancellationToken cancellationToken)
    {
        var (start, location) = (_sent, _location!);
        var length = Math.Min(blob.Size - start, Math.Max(channel.Options.ChunkSize, _smallestChunk));
        var isLast = start + length == blob.Size;
        using var answer = await channel.SendOnceAsync(
            () =>
            {
                var content = new SliceContent(source, start, length);
                if (!isLast || start > 0)
                {
                    // Without "bytes", which the specification of HTTP has and that of registries has not.
                    content.Headers.TryAddWithoutValidation("Content-Range", $"{start}-{start + length - 1}");
                }

                return isLast
                    ? new(HttpMethod.Put, UploadHeaders.WithDigest(location, blob.Digest)) { Content = content }
                    : new(HttpMethod.Patch, location) { Content = content };
            },
            _asked,
            cancellationToken);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && _refusedAt != start)
        {
            _refusedAt = start; // once: it is asked how much it has, and may refuse that too
            throw new IOException($"it has not what it said that it has before byte {start}");
        }

        if (IsLost(answer.StatusCode, isLast))
        {
            _location = null;
            throw new IOException($"it does not know what it took before byte {start}");
        }

        await EnsureAsync(answer, cancellationToken);
        if (answer.StatusCode != (isLast ? HttpStatusCode.Created : HttpStatusCode.Accepted))
        {
            throw new IOException($"it answered {(int)answer.StatusCode}, which does not say that it took the content");
        }

        _sent = start + length;
        if (!isLast)
        {
            Follow(answer);
        }

        return isLast;
    }

    /// <summary>
    /// Whether the upload has to begin anew: it expired, or the registry refuses to go on where it says that it stands,
    /// or it has other bytes.
    /// docker-registry 2.8 forgets each upload that broke off within a piece.
    /// </summary>
    private bool IsLost(HttpStatusCode status, bool isLast) => status switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable => true,
        HttpStatusCode.NotFound => _sent > 0 || _isResumed,
        HttpStatusCode.BadRequest => isLast && _isResumed,
        _ => false,
    };

    /// <summary>Finds out how much the registry has.</summary>
    /// <returns>Whether it has all of it: only the answer was lost.</returns>
    private async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        if (await new RegistryClient(channel).HasBlobAsync(blob.Digest, cancellationToken))
        {
            return true;
        }

        if (_location is not { } location)
        {
            return false;
        }

        using var answer = await channel.SendAsync(() => new(HttpMethod.Get, location), _asked, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NoContent && UploadHeaders.End(answer) is { } end && end < blob.Size)
        {
            (_sent, _isResumed) = (end > 0 ? end + 1 : 0, true); // "0-0" is said of nothing, too
            Follow(answer);
        }
        else
        {
            _location = null;
        }

        return false;
    }

    private void Follow(HttpResponseMessage answer) => _location = answer.Headers.Location is { } location
        ? channel.Next(answer.RequestMessage!.RequestUri!, location)
        : _location ?? throw RegistryFailure.Damaged(channel.Registry, _asked, "it does not say where to send it");

    private async Task EnsureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw await RegistryFailure.OfAsync(channel.Registry, _asked, answer, cancellationToken);
        }
    }
}
