using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tool.Feeds;
using EnvelopeSdk.Tool.Output;
using Spectre.Console;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>What <c>envelope verify --feeds</c> takes, and does.</summary>
internal sealed class FeedOptions
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    private readonly Option<bool> _feeds = new("--feeds")
    {
        Description = "Ask the NuGet feeds that a restore in this directory would ask whether each locked package can "
            + "still be had with the same content, and which are vulnerable, deprecated or unlisted.",
    };

    private readonly Option<string[]> _sources = new("--source")
    {
        Description = "A feed to ask in place of the configured ones: a name of the configuration, an address, a "
            + "folder. May be given several times.",
    };

    private readonly Option<string?> _configuration = new("--config")
    {
        Description = "The NuGet.Config to read in place of those that are found from this directory.",
    };

    private readonly Option<string[]> _failOn = new("--fail-on")
    {
        Description = "End with 1 for such packages too: vulnerable, deprecated, unlisted.",
    };

    public void AddTo(Command command)
    {
        _failOn.AcceptOnlyFromAmong("vulnerable", "deprecated", "unlisted");
        command.Options.Add(_feeds);
        command.Options.Add(_sources);
        command.Options.Add(_configuration);
        command.Options.Add(_failOn);
        command.Validators.Add(result =>
        {
            Option[] how = [_sources, _configuration, _failOn];
            if (!result.GetValue(_feeds) && how.Any(option => result.GetResult(option) is not null))
            {
                result.AddError("--source, --config and --fail-on say how feeds are asked. Give --feeds as well.");
            }
        });
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_feeds);

    /// <summary>Asks the feeds.</summary>
    public Task<FeedReport> AskAsync(ParseResult parsed, PackageLock locked, CancellationToken cancellation)
    {
        var settings = FeedSettings.Load(
            Environment.CurrentDirectory, parsed.GetValue(_configuration), parsed.GetValue(_sources) ?? []);
        return Answer.IsJson(parsed) || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive
            ? FeedCheck.RunAsync(locked, settings, _ => { }, cancellation)
            : AskVisiblyAsync(locked, settings, cancellation);
    }

    /// <summary>What they said, for programs.</summary>
    public static JsonNode? Json(FeedReport report) => JsonSerializer.SerializeToNode(report, Form);

    /// <summary>Prints for people what they said.</summary>
    /// <returns>The exit code.</returns>
    public int Tell(ParseResult parsed, FeedReport report)
    {
        if (!Answer.IsJson(parsed))
        {
            if (Console.IsOutputRedirected)
            {
                AnsiConsole.Profile.Width = 1000; // a program that reads it wants whole lines
            }

            FeedReportTable.Write(report, AnsiConsole.Console);
        }

        return ExitCode(report, parsed.GetValue(_failOn) ?? []);
    }

    /// <summary>Whether a package is lost or as it must not be, or that is not known, or neither.</summary>
    /// <remarks>A feed that did not answer may have had something to say that the caller wants to fail for.</remarks>
    internal static int ExitCode(FeedReport report, IReadOnlyCollection<string> failOn)
    {
        bool IsRefused(CheckedPackage one) => (failOn.Contains("vulnerable") && one.Vulnerabilities is not [])
            || (failOn.Contains("deprecated") && one.Deprecation is not null)
            || (failOn.Contains("unlisted") && one.IsUnlisted);
        var isSilent = failOn.Count > 0 && report.Feeds.Any(feed => feed.Problem is not null);
        return report.IsLost || report.Packages.Any(IsRefused) ? ExitCodes.NotSound
            : report.IsUnknown || isSilent ? ExitCodes.Unavailable
            : ExitCodes.Done;
    }

    private static Task<FeedReport> AskVisiblyAsync(
        PackageLock locked, FeedSettings settings, CancellationToken cancellation) =>
        AnsiConsole.Status().StartAsync("Asking feeds", status =>
        {
            var (done, all) = (0, locked.Packages.Count + locked.Platform.Count);
            return FeedCheck.RunAsync(
                locked,
                settings,
                one => status.Status(Markup.Escape(
                    Texts.Plain($"Asking feeds: {Interlocked.Increment(ref done)} of {all}, {one.Id} {one.Version}"))),
                cancellation);
        });
}
