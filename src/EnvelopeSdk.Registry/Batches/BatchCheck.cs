using Cronos;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Api;
using EnvelopeSdk.Registry.Deploying;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>Says of the settings of a batch all that cannot be so, and when a batch runs by itself.</summary>
internal static class BatchCheck
{
    private const int MostRetries = 10;
    private const int LongestPause = 86_400;
    private const int LongestRun = 10_080;

    /// <exception cref="EnvelopeException">They cannot be so; the message has all that is wrong.</exception>
    public static void Run(BatchSettings settings)
    {
        PlaceSecrets.Refuse(settings); // first: what is wrong of a place is said with the place
        var wrong = new List<string>();
        void Ensure(bool isSo, string pointer, string cure)
        {
            if (!isSo)
            {
                wrong.Add($"The settings cannot be so at '{pointer}'. {cure}.");
            }
        }

        void EnsurePlace(string? place, string pointer) => Try(() => Ensure(
            string.IsNullOrWhiteSpace(place) || DatabaseTable.Parse(place)?.Kind == DatabaseKind.PostgreSql
                || Path.IsPathRooted(place), pointer,
            $"'{place}' would lie in a directory that is removed. Write the whole path, from '/' on"));

        void Try(Action check)
        {
            try
            {
                check();
            }
            catch (EnvelopeException failure)
            {
                wrong.Add(failure.Message);
            }
        }

        Ensure(
            settings.Envelope is null != settings.Rule is null, "/envelope",
            "Name an envelope, or give a rule, and not both");
        Try(() => _ = settings.Envelope is { } envelope ? Named.Envelope(envelope) : default);
        Try(() =>
        {
            if (settings.Rule is { } rule)
            {
                SettingsCheck.Run(rule);
            }
        });
        Ensure(!string.IsNullOrWhiteSpace(settings.Input), "/input", "Say which rows are read");
        Try(() => _ = DatabaseTable.Parse(settings.Input ?? ""));
        Ensure(!string.IsNullOrWhiteSpace(settings.Output), "/output", "Name the file of the answers, or the table");
        Try(() => Ensure(
            !settings.Append || DatabaseTable.Parse(settings.Output ?? "") is not null, "/append",
            "Rows are appended to tables of databases alone. Name one as the output, or let each run have a file of its "
            + "own with '{run}'"));
        EnsurePlace(settings.Output, "/output");
        EnsurePlace(settings.Quarantine, "/quarantine");
        EnsurePlace(settings.Log, "/log");
        Ensure(
            settings.Retries is >= 0 and <= MostRetries, "/retries", $"Write a number from 0 to {MostRetries}");
        Ensure(
            settings.RetrySeconds is >= 1 and <= LongestPause, "/retrySeconds",
            $"Write a number of seconds from 1 to {LongestPause}");
        Ensure(
            settings.TimeoutMinutes is null or (>= 1 and <= LongestRun), "/timeoutMinutes",
            $"Write a number of minutes from 1 to {LongestRun}");
        Ensure(settings.Threads is null or >= 1, "/threads", "Write a number from 1 on");
        Ensure(settings.MemoryMegabytes is null or >= 1, "/memoryMegabytes", "Write a number from 1 on");
        Ensure(
            ZoneOf(settings) is not null, "/timeZone",
            $"'{settings.TimeZone}' is no time zone of this machine. Write one as IANA names it, 'Europe/Berlin'");
        Ensure(
            settings.Cron is null || Comes(settings.Cron), "/cron",
            $"'{settings.Cron}' is no time of cron, or never comes. Write minute, hour, day, month and day of the week: "
            + "'0 3 * * *'");
        Try(() => SettingsCheck.Run(settings.Environment, settings.Secrets));
        if (wrong.Count > 0)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, string.Join(' ', wrong));
        }
    }

    /// <summary>When a batch runs next by itself.</summary>
    /// <returns>Null: by hand alone.</returns>
    public static DateTimeOffset? Next(BatchSettings settings, DateTimeOffset after) => settings.Cron is null
        ? null
        : CronExpression.Parse(settings.Cron).GetNextOccurrence(after, ZoneOf(settings)!)?.ToUniversalTime();

    private static bool Comes(string cron) =>
        CronExpression.TryParse(cron, out var times) && times.GetNextOccurrence(DateTime.UnixEpoch) is not null;

    private static TimeZoneInfo? ZoneOf(BatchSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone) ? zone : null;
}
