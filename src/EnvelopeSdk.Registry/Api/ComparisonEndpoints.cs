using System.Security.Claims;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>How two envelopes differ.</summary>
internal static class ComparisonEndpoints
{
    public static void MapComparison(this IEndpointRouteBuilder api) => api.MapGet("/compare", async (
        string before, string after, IEnvelopeStore store, ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        await CompareAsync(
            store, await OpenAsync(store, before, Grants.Of(caller), cancellationToken),
            await OpenAsync(store, after, Grants.Of(caller), cancellationToken), cancellationToken));

    public static async Task<Comparison> CompareAsync(
        IEnvelopeStore store, EnvelopeContent before, EnvelopeContent after, CancellationToken cancellationToken)
    {
        var schema = SchemaComparison.Compare(before.Record.Schema, after.Record.Schema);
        var metrics = new[]
        {
            (await store.ReadJournalAsync(before.Reference, cancellationToken)).Labels.Metrics,
            (await store.ReadJournalAsync(after.Reference, cancellationToken)).Labels.Metrics,
        };
        return new(
            before.Reference.ToString(), after.Reference.ToString(), schema.Any(one => one.IsBreaking), schema,
            Differences<double, double?>(metrics[0], metrics[1], value => value, (one, other) => one.Equals(other)),
            Differences<JsonElement, JsonElement?>(
                before.Record.Hyperparameters, after.Record.Hyperparameters, value => value, JsonElement.DeepEquals),
            Differences<string, string?>(Packages(before), Packages(after), value => value, string.Equals));
    }

    /// <summary>Opens <c>name</c>, the newest, or <c>name@sha256:...</c>; nothing but what is in the store.</summary>
    /// <exception cref="EnvelopeException">It is not there.</exception>
    /// <exception cref="DeniedException">The caller may not read it, be it there or not.</exception>
    public static Task<EnvelopeContent> OpenAsync(
        IEnvelopeStore store, string reference, Grants grants, CancellationToken cancellationToken)
    {
        var parts = reference.Split('@', 2);
        grants.Ensure(Role.Read, parts[0]);
        return store.OpenAsync(parts[0], parts.Length > 1 ? Named.Digest(parts[1]) : null, cancellationToken);
    }

    private static Dictionary<string, string> Packages(EnvelopeContent content) =>
        content.Record.Packages.Packages.ToDictionary(
            one => one.Id, one => one.Version, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names whose values are not the same in both.</summary>
    private static SortedDictionary<string, Difference<TShown>> Differences<T, TShown>(
        IReadOnlyDictionary<string, T> before, IReadOnlyDictionary<string, T> after, Func<T, TShown> show,
        Func<T, T, bool> isSame)
    {
        var differences = new SortedDictionary<string, Difference<TShown>>(StringComparer.Ordinal);
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var (isBefore, isAfter) = (before.TryGetValue(name, out var one), after.TryGetValue(name, out var other));
            if (!(isBefore && isAfter && isSame(one!, other!)))
            {
                differences[name] = new(isBefore ? show(one!) : default!, isAfter ? show(other!) : default!);
            }
        }

        return differences;
    }
}
