using System.Text.Json.Serialization;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Gateway.Routing;

/// <summary>All that a gateway is to forward: a whole statement, so that saying it twice changes nothing.</summary>
/// <param name="Revision">Grows with each statement; one that is older than what holds is refused.</param>
/// <param name="Routes">The routes, each with another name.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RouteList(long Revision, IReadOnlyList<Route> Routes)
{
    /// <summary>What a gateway knows that was told nothing.</summary>
    public static RouteList Empty { get; } = new(0, []);

    /// <exception cref="EnvelopeException">It cannot be forwarded so.</exception>
    internal static void Check(RouteList? list)
    {
        foreach (var route in list?.Routes ?? throw Wrong("It has no list of routes."))
        {
            Route.Check(route);
        }

        if (list.Routes.CountBy(route => route.Name).FirstOrDefault(one => one.Value > 1).Key is { } twice)
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
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Route(string Name, IReadOnlyList<RouteVersion> Versions)
{
    internal static void Check(Route? route)
    {
        if (route is null || !NameRules.IsEnvelopeName(route.Name))
        {
            throw RouteList.Wrong($"'{route?.Name}' is no name of a route.");
        }

        foreach (var version in route.Versions ?? throw RouteList.Wrong($"'{route.Name}' has no list of versions."))
        {
            RouteVersion.Check(version, route.Name);
        }

        if (route.Versions.CountBy(version => version.Id).FirstOrDefault(one => one.Value > 1).Key is { } twice)
        {
            throw RouteList.Wrong($"'{route.Name}' has the version '{twice}' twice.");
        }
    }
}

/// <summary>One of the versions that share the requests of a route. What it does is counted apart.</summary>
/// <param name="Id">Names it among all versions that the route ever has.</param>
/// <param name="Weight">Its share of the requests, against the weights of the others: 0 (none) to 1,000,000.</param>
/// <param name="Replicas">The addresses at which it answers: <c>http://127.0.0.1:40001</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RouteVersion(string Id, int Weight, IReadOnlyList<string> Replicas)
{
    private const int Most = 1_000_000;

    internal static void Check(RouteVersion? version, string route)
    {
        if (version is null || string.IsNullOrWhiteSpace(version.Id) || version.Weight is < 0 or > Most)
        {
            throw RouteList.Wrong($"'{route}' has a version '{version?.Id}' of the weight {version?.Weight}.");
        }

        foreach (var replica in version.Replicas
            ?? throw RouteList.Wrong($"The version '{version.Id}' of '{route}' has no replicas."))
        {
            if (!IsAddress(replica))
            {
                throw RouteList.Wrong($"'{replica}' of '{route}' is no address of a service; write http://127.0.0.1:80.");
            }
        }
    }

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0 && address.Host.Length > 0
        && string.Equals(
            address.GetLeftPart(UriPartial.Authority), text!.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
