using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Applying;

/// <summary>Says what an API server refuses, and that it does not answer.</summary>
/// <param name="host">Its address.</param>
internal sealed class ClusterFaults(string host)
{
    /// <summary>Asks the server something.</summary>
    /// <param name="what">What for, as the end of the sentence "it is asked to".</param>
    /// <param name="ask">Asks it.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="EnvelopeException">It refuses, or does not answer.</exception>
    public async Task<T> AskAsync<T>(string what, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (HttpOperationException refusal)
        {
            throw Refused(what, refusal);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException
            or KubernetesException or KubernetesClientException or KubeConfigException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The cluster at {host} does not answer when it is asked to {what}: {Inner(failure).Message} Look "
                + "whether it runs and can be reached from here ('kubectl cluster-info').",
                failure);
        }
    }

    /// <summary>Whether the server says that there is no such object.</summary>
    public static bool IsMissing(HttpOperationException refusal) =>
        refusal.Response.StatusCode == HttpStatusCode.NotFound;

    private EnvelopeException Refused(string what, HttpOperationException refusal)
    {
        var (error, cure) = refusal.Response.StatusCode switch
        {
            HttpStatusCode.Unauthorized =>
                (EnvelopeError.Unavailable, "It does not know who asks: look at the kubeconfig, or sign in anew."),
            HttpStatusCode.Forbidden => (
                EnvelopeError.Unavailable,
                "Who asks may not: give the account a role that may, or mend what it asks for."),
            HttpStatusCode.NotFound => (EnvelopeError.NotFound, "Make the namespace, or name another one."),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity =>
                (EnvelopeError.Invalid, "Change the settings."),
            _ => (EnvelopeError.Unavailable, "Try it again later."),
        };
        return new(
            error,
            $"The cluster at {host} refuses to {what}: {Reason(refusal)} ({(int)refusal.Response.StatusCode}). {cure}",
            refusal);
    }

    /// <summary>The reason that the server gives.</summary>
    private static string Reason(HttpOperationException refusal)
    {
        try
        {
            return KubernetesJson.Deserialize<V1Status>(refusal.Response.Content)?.Message is { Length: > 0 } message
                ? message.TrimEnd('.')
                : "it gives no reason";
        }
        catch (JsonException)
        {
            return "it gives no reason";
        }
    }

    private static Exception Inner(Exception failure) =>
        failure is HttpRequestException { InnerException: { } inner } ? inner : failure;
}
