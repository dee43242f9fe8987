using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Registry.Deploying;

/// <summary>What the engine says to who runs the registry.</summary>
internal static partial class DeployingLogs
{
    [LoggerMessage(LogLevel.Error, "Deployments stand still until this is mended: {Reason}")]
    public static partial void Stands(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "Rules stand still until this is mended: {Reason}")]
    public static partial void RulesStand(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "Deployments that ended long ago are kept until this is mended: {Reason}")]
    public static partial void KeepsAll(this ILogger log, string reason);

    [LoggerMessage(
        LogLevel.Error,
        "What is deployed would get no requests: the gateway could not listen on {Reason}. Mend that, or give "
        + "--gateway-urls another address.")]
    public static partial void NoGateway(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "The gateway cannot be told where requests go, which is tried again: {Reason}")]
    public static partial void NotTold(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The deployment {Id} is tried again: {Reason}")]
    public static partial void TriedAgain(this ILogger log, long id, string reason);

    [LoggerMessage(LogLevel.Warning, "The process {Id} of '{Configuration}' ended by itself:\n{End}")]
    public static partial void Ended(this ILogger log, string id, string configuration, string end);

    [LoggerMessage(LogLevel.Error, "Nobody looks after the process {Id} of '{Configuration}': {Reason}")]
    public static partial void NotKept(this ILogger log, string id, string configuration, string reason);

    [LoggerMessage(LogLevel.Error, "The process {Id} cannot be ended, which is tried again: {Reason}")]
    public static partial void NotEnded(this ILogger log, string id, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "The process {Id} of '{Configuration}' has more than {Most} megabytes of memory, and is started again.")]
    public static partial void TooLarge(this ILogger log, string id, string configuration, int most);
}
