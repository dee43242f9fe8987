using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnvelopeSdk.Distribution;

namespace EnvelopeSdk.Registries;

/// <summary>
/// Asks a registry of envelopes at <c>/api/</c>. What is asked may be asked again: the network fails.
/// </summary>
internal sealed class RegistryApi(OciReference registry, RegistryOptions options)
{
    /// <summary>As much as a journal can be, in JSON.</summary>
    private const int LargestAnswer = 512 << 20;

    private readonly RegistryChannel _channel = new(registry, options);

    private readonly Uri _root = new($"{(registry.IsLoopback ? "http" : "https")}://{registry.Host}/api/");

    public string Host => registry.Host;

    /// <summary>Part of a path, of any text.</summary>
    public static string Part(string text) => Uri.EscapeDataString(text);

    /// <param name="path">The path behind <c>/api/</c>, with its query.</param>
    /// <param name="asked">What is asked for, as in "list its envelopes".</param>
    /// <param name="type">What comes.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">The registry does not give it, or something else.</exception>
    public async Task<T> GetAsync<T>(
        string path, string asked, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(await SendAsync(HttpMethod.Get, path, null, asked, cancellationToken), asked, type);

    /// <summary>The same of bytes.</summary>
    public Task<byte[]> GetAsync(string path, string asked, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, asked, cancellationToken);

    /// <summary>Begins to read what goes on and on.</summary>
    /// <returns>The answer, whose body has begun.</returns>
    public async Task<HttpResponseMessage> OpenAsync(string path, string asked, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(HttpMethod.Get, path, null, asked, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw await FailureAsync(answer, asked, cancellationToken);
        }
    }

    /// <summary>Sends JSON.</summary>
    /// <exception cref="EnvelopeException">The registry does not take it.</exception>
    public Task<byte[]> SendAsync<T>(
        HttpMethod method, string path, T value, string asked, JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        SendAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(value, type), asked, cancellationToken);

    /// <summary>Sends JSON, and reads what comes.</summary>
    /// <exception cref="EnvelopeException">The registry does not take it, or answers something else.</exception>
    public async Task<TAnswer> SendAsync<T, TAnswer>(
        HttpMethod method, string path, T value, string asked, JsonTypeInfo<T> type, JsonTypeInfo<TAnswer> answer,
        CancellationToken cancellationToken)
        where TAnswer : class =>
        Read(await SendAsync(method, path, value, asked, type, cancellationToken), asked, answer);

    /// <summary>Sends a request without a body.</summary>
    /// <exception cref="EnvelopeException">The registry does not take it.</exception>
    public Task<byte[]> SendAsync(
        HttpMethod method, string path, string asked, CancellationToken cancellationToken) =>
        SendAsync(method, path, null, asked, cancellationToken);

    /// <summary>Sends a request without a body.</summary>
    /// <returns>Null when the registry answers that it is not there, or has changed since.</returns>
    public async Task<byte[]?> TrySendAsync(
        HttpMethod method, string path, string asked, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(method, path, null, asked, cancellationToken);
        return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict
            ? null
            : await ReadAsync(answer, asked, cancellationToken);
    }

    public T Read<T>(byte[] body, string asked, JsonTypeInfo<T> type)
        where T : class =>
        DistributionJsonContext.TryRead(body, type) ?? throw Failed(
            EnvelopeError.Unavailable, asked, "what it answers is not what a registry of envelopes does",
            "Check that the address is that of one, of this version.");

    private async Task<byte[]> SendAsync(
        HttpMethod method, string path, byte[]? json, string asked, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(method, path, json, asked, cancellationToken);
        return await ReadAsync(answer, asked, cancellationToken);
    }

    private Task<HttpResponseMessage> AnswerAsync(
        HttpMethod method, string path, byte[]? json, string asked, CancellationToken cancellationToken) =>
        _channel.SendAsync(
            () => new(method, new Uri(_root, path))
            {
                Headers = { Accept = { new("application/json"), new("*/*", 0.5) } },
                Content = json is null
                    ? null
                    : new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } },
            },
            asked,
            cancellationToken);

    private async Task<byte[]> ReadAsync(
        HttpResponseMessage answer, string asked, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw await FailureAsync(answer, asked, cancellationToken);
        }

        return await RegistryBody.TryReadAsync(answer, LargestAnswer, options.IdleTimeout, cancellationToken)
            ?? throw Failed(
                EnvelopeError.Unavailable, asked, "the answer broke off, or was too large", "Try again.");
    }

    private async Task<EnvelopeException> FailureAsync(
        HttpResponseMessage answer, string asked, CancellationToken cancellationToken)
    {
        var reason = await RegistryFailure.ReasonAsync(answer, cancellationToken);
        var status = $"{(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
        var (error, cure) = answer.StatusCode switch
        {
            HttpStatusCode.NotFound => (
                EnvelopeError.NotFound, IsOfEnvelopes(answer) ? "'envelope list' says what it has." : ""),
            HttpStatusCode.BadRequest => (EnvelopeError.Invalid, ""),
            HttpStatusCode.Conflict => (EnvelopeError.Mismatch, ""),
            HttpStatusCode.Unauthorized when answer.RequestMessage?.Headers.Authorization is not null => (
                EnvelopeError.Unavailable,
                "The key that was sent (ENVELOPE_KEY, else that of 'envelope login') is not valid "
                + "there, or not any more. Ask an administrator for another."),
            HttpStatusCode.Unauthorized => (
                EnvelopeError.Unavailable,
                $"Log in with 'envelope login {_root.GetLeftPart(UriPartial.Authority)}', or give a key in ENVELOPE_KEY "
                + $"with {EnvelopeStore.HomeVariable} set to the registry."),
            HttpStatusCode.Forbidden => (EnvelopeError.Unavailable, ""), // the registry says which right is missing
            _ => (EnvelopeError.Unavailable, "Check the address, and try again."),
        };
        return Failed(error, asked, status + reason, cure);
    }

    /// <summary>Whether an answer is about envelopes: of all else the registry names the cure itself.</summary>
    private static bool IsOfEnvelopes(HttpResponseMessage answer) =>
        answer.RequestMessage?.RequestUri?.AbsolutePath.Contains("/api/envelopes", StringComparison.Ordinal) is true;

    private EnvelopeException Failed(EnvelopeError error, string asked, string reason, string cure) =>
        new(error, $"The registry '{registry.Host}' did not {asked}: {reason}. {cure}".TrimEnd());
}
