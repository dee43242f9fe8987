using System.Net;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Distribution;

/// <summary>The content of one repository of a registry.</summary>
internal sealed class RegistryBlobs(RegistryChannel channel) : IBlobSource
{
    public async ValueTask<Stream?> OpenAsync(Digest digest, CancellationToken cancellationToken)
    {
        var asked = $"give {digest}";
        var answer = await channel.SendAsync(() => Request(digest, 0), asked, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return new ResumingStream(channel, asked, answer, offset => Request(digest, offset));
        }

        using (answer)
        {
            return answer.StatusCode == HttpStatusCode.NotFound
                ? null
                : throw await RegistryFailure.OfAsync(channel.Registry, asked, answer, cancellationToken);
        }
    }

    public string? FindPath(Digest digest) => null;

    public string Describe(Digest digest) => Address(digest).ToString();

    private Uri Address(Digest digest) => new(channel.Registry.Endpoint, $"blobs/{digest}");

    private HttpRequestMessage Request(Digest digest, long offset)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address(digest));
        request.Headers.Range = offset == 0 ? null : new(offset, null);
        return request;
    }
}
