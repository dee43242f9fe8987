using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Distribution;

/// <summary>How a registry asks who it is that asks (RFC 9110, 11.6.1).</summary>
internal sealed partial class Challenge
{
    /// <summary>What gives tokens in registries of envelopes.</summary>
    public const string OurService = "envelope-registry";

    /// <summary>What asks for passwords in registries of envelopes.</summary>
    public const string OurRealm = "envelope registry";

    private readonly string _scheme;
    private readonly Dictionary<string, string> _parameters;

    private Challenge(string scheme, Dictionary<string, string> parameters) =>
        (_scheme, _parameters) = (scheme, parameters);

    public string? this[string parameter] => _parameters.GetValueOrDefault(parameter);

    public static Challenge Of(AuthenticationHeaderValue header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(header.Parameter ?? ""))
        {
            parameters[match.Groups["name"].Value] = match.Groups["quoted"] is { Success: true } quoted
                ? Escaped().Replace(quoted.Value, "$1")
                : match.Groups["token"].Value;
        }

        return new(header.Scheme, parameters);
    }

    public bool Is(string scheme) => _scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<name>[A-Za-z_]+)\s*=\s*(""(?<quoted>([^""\\]|\\.)*)""|(?<token>[^\s,""]+))")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
