using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Deploying.Gates;

/// <summary>
/// Calls a service with each example that was recorded when its envelope was saved, over the whole way that callers
/// take, and compares what it answers.
/// </summary>
internal sealed class ExampleReplay(HttpClient http)
{
    private const int LongestShown = 200;

    /// <param name="content">The envelope.</param>
    /// <param name="address">Where the service answers.</param>
    /// <param name="tolerance">How far numbers may be apart, as a share; 0: not at all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many examples were answered as recorded.</returns>
    /// <exception cref="EnvelopeException">One was not.</exception>
    public async Task<int> RunAsync(
        EnvelopeContent content, string address, double tolerance, CancellationToken cancellationToken)
    {
        var examples = await content.ReadExamplesAsync(cancellationToken);
        for (var i = 0; i < examples.Count; i++)
        {
            var answer = await AskAsync(examples[i], address, i, cancellationToken);
            if (JsonTolerance.Difference(examples[i].Output, answer, tolerance) is { } difference)
            {
                throw Different(examples[i], i, difference);
            }
        }

        return examples.Count;
    }

    private async Task<JsonElement> AskAsync(
        PredictionExample example, string address, int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/{Uri.EscapeDataString(example.Query)}")
        {
            Content = new StringContent(example.Input.GetRawText(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw Different(
                example, number,
                $"it is answered with {(int)answer.StatusCode}: "
                + $"{(text.Length > LongestShown ? text[..LongestShown] + "..." : text)}");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Different(example, number, failure.Message);
        }
    }

    private static EnvelopeException Different(PredictionExample example, int number, string difference) => new(
        EnvelopeError.Mismatch,
        $"The service does not answer the example {number + 1} (query '{example.Query}') as the model did when it was "
        + $"saved: {difference}");
}
