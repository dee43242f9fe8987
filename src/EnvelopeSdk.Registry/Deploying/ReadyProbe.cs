namespace EnvelopeSdk.Registry.Deploying;

/// <summary>Asks services whether they take calls.</summary>
internal sealed class ReadyProbe : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromMilliseconds(500), // who asks looks after other services too
    };

    public async Task<bool> IsReadyAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync($"{address}/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
