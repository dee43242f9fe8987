using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Data.Indexing;

/// <summary>What is logged of the index.</summary>
internal static partial class CatalogLog
{
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "The index {Database} was damaged. It is made anew, from the store.")]
    public static partial void MadeAnew(this ILogger log, string database);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Error,
        Message = "The index does not follow the store until this is mended; it is tried again: {Reason}")]
    public static partial void FollowsNoMore(this ILogger log, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The index follows the store again.")]
    public static partial void FollowsAgain(this ILogger log);

    [LoggerMessage(
        EventId = 4, Level = LogLevel.Warning,
        Message = "The envelope {Envelope} is not in the index whole: {Reason}")]
    public static partial void Damaged(this ILogger log, EnvelopeReference envelope, string reason);
}
