using System.Security.Claims;
using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnvelopeSdk.Registry.Api;

/// <summary>How envelopes differ.</summary>
internal static class ComparisonEndpoints
{
    /// <summary>As many as stand side by side.</summary>
    public const int Most = 10;

    public static void MapComparison(this IEndpointRouteBuilder api) => api.MapGet("/compare", async (
        string[] envelope, IEnvelopeStore store, ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        await CompareAsync(
            store, await OpenAsync(store, envelope, Grants.Of(caller), cancellationToken), cancellationToken))
        .WithSummary($"How 2 to {Most} envelopes differ: 'name' or 'name@sha256:...' each.");

    /// <summary>Opens what is to be compared.</summary>
    /// <exception cref="EnvelopeException">They are too few or too many, or one is not there.</exception>
    /// <exception cref="DeniedException">The caller may not read one, be it there or not.</exception>
    public static async Task<IReadOnlyList<EnvelopeContent>> OpenAsync(
        IEnvelopeStore store, IReadOnlyList<string> envelopes, Grants grants, CancellationToken cancellationToken)
    {
        if (envelopes.Count is < 2 or > Most)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"{envelopes.Count} envelopes cannot be compared. Give 2 to {Most}: "
                + "'envelope=NAME&envelope=NAME@DIGEST'.");
        }

        var contents = new List<EnvelopeContent>();
        foreach (var reference in envelopes)
        {
            var (name, digest) = Named.Envelope(reference);
            grants.Ensure(Role.Read, name);
            contents.Add(await store.OpenAsync(name, digest, cancellationToken));
        }

        return contents;
    }

    public static async Task<EnvelopeComparison> CompareAsync(
        IEnvelopeStore store, IReadOnlyList<EnvelopeContent> contents, CancellationToken cancellationToken)
    {
        var metrics = new List<IReadOnlyDictionary<string, double>>();
        foreach (var one in contents)
        {
            metrics.Add((await store.ReadJournalAsync(one.Reference, cancellationToken)).Labels.Metrics);
        }

        var first = contents[0].Record.Schema;
        return new(
            [.. contents.Select(one => one.Reference.ToString())],
            [.. contents.Select(one => SchemaComparison.Compare(first, one.Record.Schema))],
            Differing<double, double?>(
                metrics, StringComparer.Ordinal, value => value, (one, other) => one.Equals(other)),
            Differing<JsonElement, JsonElement?>(
                [.. contents.Select(one => one.Record.Hyperparameters)], StringComparer.Ordinal, value => value,
                JsonElement.DeepEquals),
            Differing<string, string?>(
                [.. contents.Select(Packages)], StringComparer.OrdinalIgnoreCase, value => value, string.Equals));
    }

    private static Dictionary<string, string> Packages(EnvelopeContent content) =>
        content.Record.Packages.Packages.DistinctBy(one => one.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(
            one => one.Id, one => one.Version, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names whose values are not the same in all.</summary>
    private static SortedDictionary<string, IReadOnlyList<TShown>> Differing<T, TShown>(
        IReadOnlyList<IReadOnlyDictionary<string, T>> all, StringComparer names, Func<T, TShown> show,
        Func<T, T, bool> isSame)
    {
        var differing = new SortedDictionary<string, IReadOnlyList<TShown>>(StringComparer.Ordinal);
        foreach (var name in all.SelectMany(one => one.Keys).Distinct(names))
        {
            var has = all.Select(one => (IsThere: one.TryGetValue(name, out var value), Value: value)).ToList();
            if (!has.TrueForAll(one => one.IsThere && isSame(one.Value!, has[0].Value!)))
            {
                differing[name] = [.. has.Select(one => one.IsThere ? show(one.Value!) : default!)];
            }
        }

        return differing;
    }
}
