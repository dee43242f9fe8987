using System.Text.Json;
using System.Text.RegularExpressions;
using EnvelopeSdk.Registry.Deploying;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Api;

/// <summary>Says of a request that cannot be read where it is wrong, and of nothing what is in it.</summary>
internal sealed partial class BadRequests : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        var faults = bad.InnerException is JsonException json ? FaultsOf(json) : [];
        var problem = TypedResults.Problem(
            faults.Count > 0 ? string.Join(' ', faults.Select(one =>
                $"{(one.Pointer.Length == 0 ? "" : $"At '{one.Pointer}': ")}{one.Detail}"))
            : Parameter().Match(bad.Message) is { Success: true } parameter
            ? $"'{parameter.Groups["name"].Value}' cannot be read as what it has to be, which /api/openapi.json says."
            : bad.Message.Contains("no body was provided", StringComparison.Ordinal)
            ? "The request has no body, or null. Send an object of JSON; /api/openapi.json says which."
            : bad.Message,
            statusCode: bad.StatusCode,
            extensions: faults.Count == 0 ? null : [SettingsFault.ErrorsOf(faults)]);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>What cannot be read, as far as System.Text.Json says it: its words have names, and no values.</summary>
    private static IReadOnlyList<SettingsFault> FaultsOf(JsonException failure)
    {
        var at = PointerOf(failure.Path ?? "");
        if (Missing().Match(failure.Message) is { Success: true } missing)
        {
            return [.. missing.Groups["name"].Captures.Select(one => new SettingsFault($"{at}/{one.Value}", "It is missing."))];
        }

        return
        [
            new(at, failure.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)
                ? "There is no member of that name."
                : Converted().Match(failure.Message) is { Success: true } type
                ? $"{Kinds.GetValueOrDefault(type.Groups["type"].Value, "Another kind of value")} is expected."
                : "The JSON cannot be read there."),
        ];
    }

    /// <summary>The JSON pointer (RFC 6901) of <c>$.a[0]['b.c']</c>, as System.Text.Json names a place.</summary>
    public static string PointerOf(string path) => string.Concat(Step().Matches(path).Select(step =>
        "/" + SettingsFault.Escaped(step.Groups["name"].Value)));

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["System.String"] = "A string",
        ["System.Boolean"] = "true or false",
        ["System.Int32"] = "A whole number",
        ["System.Int64"] = "A whole number",
        ["System.Double"] = "A number",
    };

    [GeneratedRegex("missing required properties including: (?:'(?<name>[^']+)'(?:, )?)+")]
    private static partial Regex Missing();

    [GeneratedRegex(@"could not be converted to (?:System\.Nullable`1\[)?(?<type>\w+(?:\.\w+)*)")]
    private static partial Regex Converted();

    [GeneratedRegex("Failed to bind parameter \"\\S+ (?<name>\\w+)\"")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\['(?<name>.*?)'\]|\[(?<name>[0-9]+)\]|\.(?<name>[^.\[]+)", RegexOptions.Singleline)]
    private static partial Regex Step();
}
