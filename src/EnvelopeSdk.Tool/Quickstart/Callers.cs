using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>Callers that ask for a prediction again and again, and count what fails. Disposing ends them.</summary>
internal sealed class Callers : IAsyncDisposable
{
    private const int Count = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<float, TaskCompletionSource<long>> _first = [];
    private readonly Uri _address;
    private readonly byte[] _body;
    private readonly Task _calls;
    private int _sent;
    private int _failed;
    private string _failure = "";

    /// <param name="address">What they ask.</param>
    /// <param name="body">What they send, in JSON.</param>
    public Callers(Uri address, byte[] body)
    {
        (_address, _body) = (address, body);
        _calls = Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Task.Run(CallAsync)));
    }

    /// <summary>How many requests were sent.</summary>
    public int Sent => _sent;

    /// <summary>How many of them got no prediction.</summary>
    public int Failed => _failed;

    /// <summary>What the last of those got.</summary>
    public string Failure => _failure;

    /// <summary>Waits until somebody has got a prediction for the first time.</summary>
    /// <returns>When that was, as <see cref="Stopwatch.GetTimestamp"/> has it.</returns>
    /// <exception cref="StepException">Nobody gets it.</exception>
    public async Task<long> FirstAsync(float prediction, CancellationToken cancellation)
    {
        try
        {
            return await First(prediction).Task.WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            throw new StepException(
                string.Create(CultureInfo.InvariantCulture, $"No request was answered with {prediction}."), Failure);
        }
    }

    /// <summary>Lets all requests come to their end.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _calls;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task CallAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Interlocked.Increment(ref _sent);
            try
            {
                First(await AskAsync()).TrySetResult(Stopwatch.GetTimestamp());
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException
                or FormatException)
            {
                Interlocked.Increment(ref _failed);
                _failure = failure.Message;
            }

            await Task.Delay(Pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<float> AskAsync()
    {
        using var body = new ByteArrayContent(_body);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(_address, body);
        response.EnsureSuccessStatusCode();
        return float.Parse(await response.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }

    private TaskCompletionSource<long> First(float prediction) => _first.GetOrAdd(
        prediction, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
