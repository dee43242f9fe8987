using System.Net;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Distribution;

/// <summary>The tags of a repository, which a registry gives page by page.</summary>
internal static partial class TagList
{
    private const string Asked = "list the tags";
    private const int LargestPage = 32 << 20;
    private const int PageSize = 1000;
    private const int MostPages = 10_000;
    private const int MostTags = 100_000;

    /// <param name="channel">The registry.</param>
    /// <param name="prefix">Only tags that begin so.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>None when there is no such repository.</returns>
    /// <exception cref="EnvelopeException">They cannot be had.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        RegistryChannel channel, string prefix, CancellationToken cancellationToken)
    {
        var tags = new List<string>();
        var seen = new HashSet<Uri>();
        for (Uri? page = new(channel.Registry.Endpoint, $"tags/list?n={PageSize}"); page is not null && seen.Add(page);)
        {
            var address = page;
            (var found, page) = await channel.TryAsync(
                Asked, () => ReadPageAsync(channel, address, cancellationToken), cancellationToken);
            tags.AddRange(found.Where(tag => tag?.StartsWith(prefix, StringComparison.Ordinal) == true).Distinct()!);
            if (seen.Count > MostPages || tags.Count > MostTags)
            {
                throw RegistryFailure.Damaged(channel.Registry, Asked, "there is no end to them");
            }
        }

        return tags;
    }

    private static async Task<(IReadOnlyList<string> Tags, Uri? Next)> ReadPageAsync(
        RegistryChannel channel, Uri page, CancellationToken cancellationToken)
    {
        using var answer = await channel.SendOnceAsync(() => new(HttpMethod.Get, page), Asked, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return ([], null);
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw await RegistryFailure.OfAsync(channel.Registry, Asked, answer, cancellationToken);
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var text = await RegistryBody.TryReadAsync(body, LargestPage, channel.Options.IdleTimeout, cancellationToken) ?? [];
        var document = DistributionJsonContext.TryRead(text, DistributionJsonContext.Default.TagDocument)
            ?? throw RegistryFailure.Damaged(channel.Registry, Asked, "the answer is not a list of tags");
        return (document.Tags ?? [], Next(channel, page, answer));
    }

    private static Uri? Next(RegistryChannel channel, Uri page, HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Link", out var links)
        && links.Select(link => NextLink().Match(link)).FirstOrDefault(match => match.Success) is { } next
        && Uri.TryCreate(next.Groups["address"].Value, UriKind.RelativeOrAbsolute, out var address)
            ? channel.Next(page, address)
            : null;

    [GeneratedRegex(@"<(?<address>[^>]+)>\s*;\s*rel=""?next""?")]
    private static partial Regex NextLink();
}
