using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging.Debug;
using Microsoft.Extensions.Logging.EventSource;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Service;

/// <summary>
/// Leaves out what ASP.NET Core makes for each request so that logs can say within which one something happened, an
/// activity and a scope, where no log says it: they are a fifth of what one row costs, and two thirds of its memory.
/// Whoever traces (OpenTelemetry) has activities as before, since those listen to them.
/// </summary>
internal sealed class UnheardRequests(IServiceProvider services) : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>The log by whose level ASP.NET Core decides it, and which says when a request begins and ends.</summary>
    public const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private static readonly string?[] KnownFormatters =
        [null, "", ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    /// <inheritdoc/>
    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IsChosen(options) && services.GetServices<ILoggerProvider>().All(provider => !SaysRequests(provider)))
        {
            options.Rules.Add(new LoggerFilterRule(null, Category, LogLevel.None, null));
        }
    }

    /// <summary>
    /// Whether somebody has said what this log is to say, or hears when requests begin. Rules for one kind of log hold
    /// for it in any case.
    /// </summary>
    private static bool IsChosen(LoggerFilterOptions options)
    {
        var closest = options.Rules
            .Where(rule => rule.ProviderName is null && Matches(rule.CategoryName ?? ""))
            .MaxBy(rule => rule.CategoryName?.Length ?? 0);
        return Category.Equals(closest?.CategoryName, StringComparison.OrdinalIgnoreCase)
            || (closest?.LogLevel ?? options.MinLevel) <= LogLevel.Information;
    }

    /// <summary>Whether a rule for a category holds for this log: it may have one asterisk.</summary>
    private static bool Matches(string category)
    {
        var parts = category.Split('*', 2);
        return Category.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            && Category.EndsWith(parts.ElementAtOrDefault(1) ?? "", StringComparison.OrdinalIgnoreCase);
    }

    private bool SaysRequests(ILoggerProvider provider) => provider switch
    {
        ConsoleLoggerProvider => HasScopes(),
        DebugLoggerProvider or EventSourceLoggerProvider => false,
        _ => true, // nobody knows
    };

    private bool HasScopes() =>
        !KnownFormatters.Contains(Of<ConsoleLoggerOptions>().FormatterName)
        || Of<SimpleConsoleFormatterOptions>().IncludeScopes || Of<JsonConsoleFormatterOptions>().IncludeScopes
        || Of<ConsoleFormatterOptions>().IncludeScopes
        || services.GetRequiredService<IConfiguration>()["Logging:Console:IncludeScopes"] is { } has
            && !has.Equals("false", StringComparison.OrdinalIgnoreCase);

    private T Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>() =>
        services.GetRequiredService<IOptionsMonitor<T>>().CurrentValue;
}
