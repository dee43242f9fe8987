using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Data;
using Microsoft.AspNetCore.Components;

namespace EnvelopeSdk.Registry.Pages;

/// <summary>The envelopes that the address asks for.</summary>
public sealed partial class EnvelopesPage
{
    private const int MostMetrics = 6;
    private const int MostHyperparameters = 30;

    private static readonly (string Name, string Label, string Example)[] Fields =
    [
        ("name", "Name", "diamond-price"), ("tag", "Tag", "team=pricing"), ("metric", "Metric", "r2>0.9"),
        ("since", "Since", "7d"), ("order", "Order by", "r2-"),
    ];

    private readonly List<KeyValuePair<string, string>> _conditions = [];
    private IReadOnlyList<CatalogEntry> _found = [];
    private IReadOnlyList<string> _metrics = [];
    private IReadOnlyList<string> _across = [];
    private IReadOnlyList<ScatterPoint> _points = [];
    private string? _next;

    /// <summary>The metric on the horizontal axis; when it was saved if absent.</summary>
    [SupplyParameterFromQuery] public string? X { get; set; }

    /// <summary>The metric on the vertical axis.</summary>
    [SupplyParameterFromQuery] public string? Y { get; set; }

    /// <summary>Finds the envelopes, and one more to know whether there are more.</summary>
    protected override async Task OnInitializedAsync()
    {
        var cancellation = Http.HttpContext!.RequestAborted;
        var query = Http.HttpContext.Request.Query;
        _conditions.AddRange(
            QueryOfAddress.Conditions(query).Where(one => one.Key is not ("x" or "y" or "limit" or "after")));
        var limit = QueryOfAddress.Limit(query);
        var names = Grants.Of(Http.HttpContext.User).Names;
        var asked = QueryOfAddress.Read(query, "x", "y");
        var found = await Catalog.FindAsync(asked, names, limit + 1, cancellation);
        _next = found.Count > limit ? found[limit - 1].Cursor : null;
        _found = [.. found.Take(limit)];
        _metrics =
        [
            .. _found.SelectMany(one => one.Metrics.Keys).CountBy(name => name)
                .OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => one.Key).Take(MostMetrics),
        ];
        _across =
        [
            .. _metrics, .. _found.SelectMany(one => one.Hyperparameters.Keys).Distinct().Except(_metrics)
                .Order(StringComparer.Ordinal).Take(MostHyperparameters),
        ];
        Y = string.IsNullOrEmpty(Y) ? null : Y;
        if (_metrics.Count > 0)
        {
            _points = await ScatterEndpoints.FindAsync(
                Catalog, asked with { After = null }, X, Y ?? _metrics[0], names, cancellation);
        }
    }

    private string? Value(string name) => _conditions.LastOrDefault(one => one.Key == name).Value;

    private IEnumerable<KeyValuePair<string, string>> Without(KeyValuePair<string, string> condition) =>
        _conditions.Where(one => !one.Equals(condition));

    /// <summary>The greatest first, and the other way round when it is so already.</summary>
    private IEnumerable<KeyValuePair<string, string>> Ordered(string metric) =>
    [
        .. _conditions.Where(one => one.Key != "order"),
        new("order", Value("order") == metric + "-" ? metric : metric + "-"),
    ];
}
