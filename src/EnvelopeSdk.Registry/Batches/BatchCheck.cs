using System.Globalization;
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
    private const int LeastMemory = 64;

    /// <summary>Settings without texts that say nothing, as forms and scripts send them.</summary>
    public static BatchSettings Whole(BatchSettings settings)
    {
        static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
        return settings with
        {
            Query = Said(settings.Query),
            Answer = Said(settings.Answer),
            Quarantine = Said(settings.Quarantine),
            MaxBad = Said(settings.MaxBad),
            Log = Said(settings.Log),
        };
    }

    /// <exception cref="EnvelopeException">They cannot be so; the message has all that is wrong.</exception>
    public static void Run(BatchSettings settings)
    {
        SettingsValues.Ensure(settings);
        PlaceSecrets.Refuse(settings); // first: what is wrong of a place is said with the place
        var wrong = new List<SettingsFault>();
        void Ensure(bool isSo, string pointer, string cure)
        {
            if (!isSo)
            {
                wrong.Add(new(pointer, $"{cure}."));
            }
        }

        void Try(string pointer, Action check)
        {
            try
            {
                SettingsFault.At(pointer, check);
            }
            catch (EnvelopeException failure)
            {
                wrong.AddRange(
                    SettingsFault.Of(failure) is { Count: > 0 } faults ? faults : [new(pointer, failure.Message)]);
            }
        }

        Ensure(
            BatchRuntime.All.Contains(settings.Runtime), "/runtime",
            $"'{settings.Runtime}' runs no batches. Write one of {string.Join(", ", BatchRuntime.All)}");
        Ensure(
            settings.Envelope is null != settings.Rule is null, "/envelope",
            "Name an envelope, or give a rule, and not both");
        Try("/envelope", () => _ = settings.Envelope is { } envelope ? Named.Envelope(envelope) : default);
        Try("/rule", () =>
        {
            if (settings.Rule is { } rule)
            {
                SettingsCheck.Run(rule);
            }
        });
        Ensure(!string.IsNullOrWhiteSpace(settings.Input), "/input", "Say which rows are read");
        Try("/input", () => _ = DatabaseTable.Parse(settings.Input ?? ""));
        Ensure(
            settings.Input is not { } input || IsWhole(input), "/input",
            $"'{settings.Input}' would be looked for in a directory that is removed. Write the whole path, from '/' "
            + "on");
        Ensure(!string.IsNullOrWhiteSpace(settings.Output), "/output", "Name the file of the answers, or the table");
        foreach (var (pointer, place) in PlaceCheck.Of(settings))
        {
            Try(pointer, () => PlaceCheck.Run(settings, pointer, place, Ensure));
        }

        Ensure(
            settings.Log is null || settings.Log != settings.Quarantine, "/log",
            "The quarantine is there. Name a place of its own");
        Ensure(
            settings.Map.All(one => one is { Key.Length: > 0, Value.Length: > 0 } && !one.Key.Contains('=')), "/map",
            "Write parameters, and the columns that are for them");
        EnsureNumbers(settings, Ensure);
        EnsureTimes(settings, Ensure);
        Try("", () => SettingsCheck.Run(settings.Image));
        Try("", () => SettingsCheck.Run(settings.Environment, settings.Secrets));
        if (wrong.Count > 0)
        {
            throw SettingsFault.All([.. wrong.Distinct()]);
        }
    }

    /// <summary>Whether an input is the same wherever a job runs: a query says itself what it reads.</summary>
    private static bool IsWhole(string input) => string.IsNullOrWhiteSpace(input) || DatabaseTable.IsQuery(input)
        || Path.IsPathRooted(input) || input.Contains("://", StringComparison.Ordinal);

    private static void EnsureNumbers(BatchSettings settings, Action<bool, string, string> ensure)
    {
        ensure(
            settings.MaxBad is null || IsNumberOrShare(settings.MaxBad), "/maxBad",
            $"'{settings.MaxBad}' is neither a number of rows nor a share such as 0.1%");
        ensure(
            settings.MaxBad is null || settings.Quarantine is not null, "/maxBad",
            "It says how many rows may go into the quarantine, and there is none. Name its file");
        ensure(
            settings.Retries is >= 0 and <= MostRetries, "/retries", $"Write a number from 0 to {MostRetries}");
        ensure(
            settings.RetrySeconds is >= 1 and <= LongestPause, "/retrySeconds",
            $"Write a number of seconds from 1 to {LongestPause}");
        ensure(
            settings.TimeoutMinutes is null or (>= 1 and <= LongestRun), "/timeoutMinutes",
            $"Write a number of minutes from 1 to {LongestRun}");
        ensure(settings.Threads is null or >= 1, "/threads", "Write a number from 1 on");
        ensure(
            settings.MemoryMegabytes is null or >= LeastMemory, "/memoryMegabytes",
            $"Write a number from {LeastMemory} on");
    }

    private static void EnsureTimes(BatchSettings settings, Action<bool, string, string> ensure)
    {
        ensure(
            ZoneOf(settings) is not null, "/timeZone",
            $"'{settings.TimeZone}' is no time zone of this machine. Write one as IANA names it, 'Europe/Berlin'");
        ensure(
            settings.Cron is null || Comes(settings.Cron), "/cron",
            $"'{settings.Cron}' is no time of cron, or never comes. Write minute, hour, day, month and day of the week: "
            + "'0 3 * * *'");
    }

    /// <summary>When a batch runs next by itself.</summary>
    /// <returns>Null: by hand alone.</returns>
    /// <exception cref="EnvelopeException">This machine does not know its time zone.</exception>
    public static DateTimeOffset? Next(BatchSettings settings, DateTimeOffset after) => settings.Cron is null
        ? null
        : CronExpression.Parse(settings.Cron).GetNextOccurrence(
            after,
            ZoneOf(settings) ?? throw new EnvelopeException(EnvelopeError.Unavailable, Unknown(settings)))
            ?.ToUniversalTime();

    /// <summary>Why a batch does not run by itself although it has times.</summary>
    /// <returns>Null: it does.</returns>
    public static string? WhyNever(BatchSettings settings) =>
        settings.Cron is null || ZoneOf(settings) is not null ? null : Unknown(settings);

    private static string Unknown(BatchSettings settings) =>
        $"'{settings.TimeZone}' is no time zone of this machine, so that nobody knows when the next run is. Install "
        + "the time zones (tzdata), or save the batch with another.";

    /// <summary>Whether a job takes a text for its --max-bad: BadRows of EnvelopeSdk.Batch reads it alike.</summary>
    private static bool IsNumberOrShare(string text)
    {
        var isShare = text.EndsWith('%');
        return double.TryParse(
            isShare ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && (isShare ? value <= 100 : value == Math.Floor(value));
    }

    private static bool Comes(string cron) =>
        CronExpression.TryParse(cron, out var times) && times.GetNextOccurrence(DateTime.UnixEpoch) is not null;

    private static TimeZoneInfo? ZoneOf(BatchSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone) ? zone : null;
}
