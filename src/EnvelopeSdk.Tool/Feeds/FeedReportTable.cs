using EnvelopeSdk.Tool.Commands;
using Spectre.Console;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>A report for people: a row for each package that is not simply there, and a line that sums up.</summary>
internal static class FeedReportTable
{
    public static void Write(FeedReport report, IAnsiConsole console)
    {
        var table = new Table().AddColumn("Package").AddColumn("Version").AddColumn("What");
        foreach (var one in report.Packages)
        {
            foreach (var what in Findings(one))
            {
                table.AddRow(Text(one.Id), Text(one.Version), Text(what));
            }
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }

        foreach (var feed in report.Feeds.Where(feed => feed.Problem is not null))
        {
            console.WriteLine(Texts.Plain($"The feed '{feed.Name}' ({feed.Source}) did not answer: {feed.Problem}"));
        }

        console.WriteLine(Summary(report));
    }

    /// <summary>What is to be told of a package; nothing when it is there and nothing is known against it.</summary>
    public static IEnumerable<string> Findings(CheckedPackage one)
    {
        if (State(one) is { } state)
        {
            yield return one.IsPlatform ? state + " (a service takes its own version of the platform)" : state;
        }

        if (one is { State: PackageState.Available, ChangedOn: not [] })
        {
            yield return $"other content on {string.Join(", ", one.ChangedOn)}, which a restore may take";
        }

        foreach (var known in one.Vulnerabilities)
        {
            yield return $"vulnerable, {known.Severity.ToString().ToLowerInvariant()}: {known.Advisory}";
        }

        if (one.Deprecation is { } old)
        {
            yield return "deprecated" + (old.Reasons is [] ? "" : $" ({string.Join(", ", old.Reasons)})")
                + (old.Message is null ? "" : ": " + old.Message)
                + (old.Alternative is null ? "" : $"; take {old.Alternative}");
        }

        if (one.IsUnlisted)
        {
            yield return "unlisted";
        }
    }

    private static string? State(CheckedPackage one) => one.State switch
    {
        PackageState.Changed => $"changed: other content on {string.Join(", ", one.ChangedOn)}",
        PackageState.Missing => "missing: no feed has it",
        PackageState.Unmapped => "missing: packageSourceMapping allows it no feed",
        PackageState.Unknown => "unknown: a feed did not answer, and no other has it",
        _ => null,
    };

    private static string Summary(FeedReport report)
    {
        int Count(Func<CheckedPackage, bool> which) => report.Packages.Count(which);
        var parts = new (int Count, string Word)[]
        {
            (Count(one => one.State == PackageState.Available), "can be had"),
            (Count(one => one.State == PackageState.Changed), "changed"),
            (Count(one => one.State is PackageState.Missing or PackageState.Unmapped), "missing"),
            (Count(one => one.State == PackageState.Unknown), "unknown"),
            (Count(one => one.Vulnerabilities is not []), "vulnerable"),
            (Count(one => one.Deprecation is not null), "deprecated"),
            (Count(one => one.IsUnlisted), "unlisted"),
        };
        var told = parts.Where((part, i) => i == 0 || part.Count > 0).Select(part => $"{part.Count} {part.Word}");
        return $"{report.Packages.Count} packages: {string.Join(", ", told)}.";
    }

    private static Text Text(string text) => new(Texts.Plain(text));
}
