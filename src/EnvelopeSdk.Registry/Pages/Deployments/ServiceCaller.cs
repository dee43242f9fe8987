using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>What a service has answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The answer; JSON as people read it.</param>
/// <param name="Took">How long it took.</param>
public sealed record ServiceAnswer(int Status, string Text, TimeSpan Took);

/// <summary>
/// Calls what is deployed for who looks at a page, so that browsers need reach nothing but the registry.
/// </summary>
internal sealed class ServiceCaller : IDisposable
{
    private const int LongestAnswer = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <param name="address">The address of a query.</param>
    /// <param name="arguments">What is sent.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EnvelopeException">There is no answer that can be shown.</exception>
    public async Task<ServiceAnswer> CallAsync(
        string address, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var target))
        {
            throw Unavailable($"'{address}' is no address. Say with --public-url how the gateway is reached.", null);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new StringContent(arguments.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var begun = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new((int)answer.StatusCode, Readable(text), Stopwatch.GetElapsedTime(begun));
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"'{address}' has not answered within {Patience.TotalSeconds} seconds.", late);
        }
        catch (HttpRequestException large) when (large.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw Unavailable(
                $"The answer of '{address}' is longer than {LongestAnswer} bytes. Call it without this page.", large);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Unavailable(
                $"The gateway does not answer at '{address}': {failure.Message} Look whether it runs: 'envelope "
                + "gateway'.",
                failure);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Readable(string text)
    {
        try
        {
            return JsonSerializer.Serialize(JsonElement.Parse(text), Shown.Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static EnvelopeException Unavailable(string message, Exception? cause) =>
        new(EnvelopeError.Unavailable, message, cause);
}
