using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Distribution;

/// <summary>A request whose repository may be used for what it asks.</summary>
/// <param name="Context">The request.</param>
/// <param name="Name">The repository; empty for topics without.</param>
/// <param name="Reference">A tag, digest or id, which nobody has checked.</param>
internal sealed record DistributionRequest(HttpContext Context, string Name, string Reference)
{
    public HttpRequest Request => Context.Request;

    public HttpResponse Response => Context.Response;

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The names of envelopes that the caller may read; null: all.</summary>
    public NamePattern? Names => Grants.Of(Context.User).Names;

    public string? Query(string name) => Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>The reference as a digest.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    public Digest Digest() => ParseDigest(Reference);

    /// <exception cref="RefusedException">It is no digest, or one of another kind than SHA-256.</exception>
    public static Digest ParseDigest(string text)
    {
        if (EnvelopeSdk.Envelopes.Digest.TryParse(text, out var digest))
        {
            return digest;
        }

        throw text.StartsWith("sha512:", StringComparison.Ordinal)
            ? Refusals.Unsupported(
                StatusCodes.Status400BadRequest, $"'{SafeText.Of(text)}' is no SHA-256, the only kind of digest here.")
            : Refusals.DigestInvalid(text, "is no digest: it is not sha256: and 64 lower-case hexadecimal digits.");
    }

    /// <summary>Does something that changes a repository, and records it.</summary>
    public Task RunAsync(AuditEntry entry, Func<Task> change) =>
        Context.RequestServices.GetRequiredService<AuditLog>().RunAsync(Caller.Of(Context.User), [entry], change);

    /// <summary>Says that something was made.</summary>
    public void Created(string topic, Digest digest)
    {
        Response.StatusCode = StatusCodes.Status201Created;
        Response.Headers.Location = $"/v2/{Name}/{topic}/{digest}";
        Response.Headers["Docker-Content-Digest"] = digest.ToString();
    }
}
