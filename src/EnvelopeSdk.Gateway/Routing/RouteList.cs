using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Gateway.Routing;

/// <summary>All that a gateway is to forward: a whole statement, so that saying it twice changes nothing.</summary>
/// <param name="Revision">Grows with each statement; one that is older than what holds is refused.</param>
/// <param name="Routes">The routes, each with another name.</param>
public sealed record RouteList(long Revision, IReadOnlyList<Route> Routes)
{
    /// <summary>What a gateway knows that was told nothing.</summary>
    public static RouteList Empty { get; } = new(0, []);

    /// <exception cref="EnvelopeException">It cannot be forwarded so.</exception>
    internal void Check()
    {
        foreach (var route in Routes ?? throw Wrong("It has no list of routes."))
        {
            route.Check();
        }

        if (Routes.CountBy(route => route.Name).FirstOrDefault(one => one.Value > 1).Key is { } twice)
        {
            throw Wrong($"It has the route '{twice}' twice.");
        }
    }

    internal static EnvelopeException Wrong(string reason) =>
        new(EnvelopeError.Invalid, $"The list of routes cannot be used: {reason}");
}

/// <summary>Where requests go whose path begins with a name.</summary>
/// <param name="Name">The first segment of the path: <c>diamond-price</c> for <c>/diamond-price/predict</c>.</param>
/// <param name="Versions">What answers them; none: nothing is live.</param>
public sealed record Route(string Name, IReadOnlyList<RouteVersion> Versions)
{
    internal void Check()
    {
        if (!NameRules.IsEnvelopeName(Name))
        {
            throw RouteList.Wrong($"'{Name}' is no name of a route.");
        }

        foreach (var version in Versions ?? throw RouteList.Wrong($"The route '{Name}' has no list of versions."))
        {
            version.Check(Name);
        }

        if (Versions.CountBy(version => version.Id).FirstOrDefault(one => one.Value > 1).Key is { } twice)
        {
            throw RouteList.Wrong($"The route '{Name}' has the version '{twice}' twice.");
        }
    }
}

/// <summary>One of the versions that share the requests of a route. What it does is counted apart.</summary>
/// <param name="Id">Names it: no other version of the route is ever called so.</param>
/// <param name="Weight">Its share of the requests, against the weights of the others; 0: none.</param>
/// <param name="Replicas">The addresses at which it answers: <c>http://127.0.0.1:40001</c>.</param>
public sealed record RouteVersion(string Id, int Weight, IReadOnlyList<string> Replicas)
{
    private const int Most = 1_000_000;

    internal void Check(string route)
    {
        if (string.IsNullOrWhiteSpace(Id) || Weight is < 0 or > Most)
        {
            throw RouteList.Wrong($"The route '{route}' has a version '{Id}' of the weight {Weight}.");
        }

        foreach (var replica in Replicas ?? throw RouteList.Wrong($"The version '{Id}' of '{route}' has no replicas."))
        {
            if (!Uri.TryCreate(replica, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
                || address.PathAndQuery != "/")
            {
                throw RouteList.Wrong($"'{replica}' of '{route}' is no address of a service, such as http://127.0.0.1:80.");
            }
        }
    }
}
