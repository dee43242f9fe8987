using System.Net;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Tests.Distribution;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Stores;

/// <summary>Uploads whose last request is stopped when all has come and the store does not take it yet.</summary>
public sealed class StoppedUploadTests : IAsyncLifetime
{
    private static readonly byte[] Content = "0123456789"u8.ToArray();
    private static readonly Digest Whole = Digest.Of(Content);

    private ServedStore _served = null!;
    private TestRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _served = await ServedStore.StartAsync(ServedStore.Linear);
        _repository = new(_served, "team/model");
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    [Fact]
    public async Task A_later_request_ends_the_upload()
    {
        var upload = await _repository.BeginAsync();
        Task<HttpResponseMessage> later;
        using (await HoldAsync())
        {
            var stopped = EndAsync(upload, Content);
            await _served.ArrivesAsync(upload, Content.Length);
            later = EndAsync(upload, []);
            using var answer = await stopped;
            Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
            Assert.Equal("0-9", Assert.Single(answer.Headers.GetValues("Range")));
        }

        using var ended = await later;
        Assert.Equal(HttpStatusCode.Created, ended.StatusCode);
    }

    [Fact]
    public async Task What_came_stays_when_the_connection_breaks()
    {
        var upload = await _repository.BeginAsync();
        using (await HoldAsync())
        {
            using (await RawHttp.SendAsync(
                _served.Address,
                $"PUT {upload}?digest={Whole} HTTP/1.1\r\n{RawHttp.Known}Content-Length: 10\r\n\r\n0123456789"))
            {
                await _served.ArrivesAsync(upload, Content.Length);
            }

            using var said = await _repository.GetAsync(upload); // which waits for the one that broke
            Assert.Equal(HttpStatusCode.NoContent, said.StatusCode);
            Assert.Equal("0-9", Assert.Single(said.Headers.GetValues("Range")));
        }

        using var ended = await EndAsync(upload, []);
        Assert.Equal(HttpStatusCode.Created, ended.StatusCode);
    }

    /// <summary>Holds the store as another process does that changes it.</summary>
    private Task<IDisposable> HoldAsync() =>
        StoreLock.AcquireAsync(Path.Combine(_served.Directory, "lock"), CancellationToken.None);

    private Task<HttpResponseMessage> EndAsync(string upload, byte[] rest) =>
        _repository.SendAsync(HttpMethod.Put, $"{upload}?digest={Whole}", rest);
}
