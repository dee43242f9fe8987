namespace EnvelopeSdk.Registry.Distribution;

/// <summary>
/// What answers each method of each topic: names of repositories have slashes, which parts of routes have not.
/// </summary>
internal sealed class RouteTable
{
    private readonly Dictionary<(Topic Topic, string Method), Func<DistributionRequest, Task>> _routes = [];

    public void Map(Topic topic, string method, Func<DistributionRequest, Task> answer) =>
        _routes[(topic, method)] = answer;

    /// <exception cref="RefusedException">The topic has no such method.</exception>
    public Func<DistributionRequest, Task> Find(Topic topic, string method) =>
        _routes.TryGetValue((topic, method), out var answer) ? answer : throw Refusals.NoSuchMethod(
            method, _routes.Keys.Where(route => route.Topic == topic).Select(route => route.Method));
}
