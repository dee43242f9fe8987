using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>The documents that are given to tools, each made once: those of all models that the tests have.</summary>
internal static class ClientDocuments
{
    private static readonly (Doubler Doubler, Splitter Splitter) Models = (new(2), new(1));

    private static readonly Dictionary<string, Func<Task<string>>> Makers = new(StringComparer.Ordinal)
    {
        ["doubler"] = async () => await PublishedDocument.TextAsync(
            Models.Doubler, new EnvelopeInfo { Examples = [Models.Doubler.PredictExample(21), await Models.Doubler.EnumerateExampleAsync(3)] }),
        ["splitter"] = () => PublishedDocument.TextAsync(Models.Splitter, new EnvelopeInfo { Examples = [Models.Splitter.PartsExample(Splitter.Odd)] }),
        ["named"] = () => PublishedDocument.TextAsync(new NamedModel(1)),
        ["scales"] = () => PublishedDocument.TextAsync(new Scales(1)),
        ["orders"] = () => PublishedDocument.TextAsync(new Model.Orders(1)),
        ["bounds"] = () => PublishedDocument.TextAsync(new BoundedModel(1)),
        ["words"] = () => PublishedDocument.TextAsync(new WordsModel(1)),
        ["own-endpoint"] = () => PublishedDocument.TextAsync(new Splitter(1), map: app => app.MapGet("/own", (string x) => new Own(x, 1))),
        ["quick-start"] = () => SourceDocument.TextAsync(QuickStart.Sources),
        ["all-types"] = () => SourceDocument.TextAsync(AllTypes.Sources),
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Made = new(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Makers.Keys;

    /// <summary>The text of one.</summary>
    public static Task<string> TextAsync(string name) => Made.GetOrAdd(name, _ => new(Makers[name])).Value;

    /// <summary>Writes all of them into a directory.</summary>
    public static async Task WriteAsync(string directory)
    {
        foreach (var name in Names)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, name + ".json"), await TextAsync(name));
        }
    }

    private sealed record Own(string X, int Y);
}
