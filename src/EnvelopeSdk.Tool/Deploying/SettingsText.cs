using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tool.Deploying;

/// <summary>Settings of a configuration as somebody types them, or has them in a file.</summary>
internal static partial class SettingsText
{
    /// <summary>What takes something away that an option gives.</summary>
    public const string None = "none";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="EnvelopeException">It is not there, or holds no settings.</exception>
    public static async Task<DeploymentSettings> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new EnvelopeException(
                EnvelopeError.NotFound, $"There is no file '{file.FullName}'. Give the path of a JSON file.");
        }

        try
        {
            return JsonSerializer.Deserialize<DeploymentSettings>(
                await File.ReadAllBytesAsync(file.FullName, cancellation), Strict)
                ?? throw Refuse(file.FullName, "is null.", "Write an object into it.");
        }
        catch (JsonException malformed)
        {
            throw Refuse(
                file.FullName, $"holds no settings: {malformed.Message}",
                "'envelope configuration show NAME' prints such as can be read.");
        }
    }

    /// <summary>Reads <c>10:60,50:60</c>: percent and seconds of each step.</summary>
    /// <exception cref="EnvelopeException">It has another form.</exception>
    public static IReadOnlyList<CanaryStep> Canary(string text) => text == None
        ? []
        : [.. text.Split(',').Select(step => step.Split(':') is [var percent, var seconds]
            && int.TryParse(percent, NumberStyles.None, CultureInfo.InvariantCulture, out var share)
            && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
                ? new CanaryStep(share, time)
                : throw Refuse(
                    text, "is no canary.", $"Write 10:60,50:60, percent and seconds of each step, or {None}."))];

    /// <summary>Reads <c>r2:higher:0.01</c>, which takes the place of the gate of its metric, and <c>r2-</c>.</summary>
    /// <exception cref="EnvelopeException">One has another form.</exception>
    public static IReadOnlyList<MetricGate> Gates(IReadOnlyList<MetricGate> before, IEnumerable<string> texts)
    {
        var gates = before.ToList();
        foreach (var text in texts)
        {
            var form = GateForm().Match(text);
            if (!form.Success)
            {
                throw Refuse(
                    text, "is no gate of a metric.",
                    "Write NAME:higher or NAME:lower, with :MARGIN behind it, or NAME-.");
            }

            var name = form.Groups["name"].Value;
            gates.RemoveAll(one => one.Name == name);
            if (form.Groups["better"] is { Success: true, Value: var better })
            {
                var margin = form.Groups["margin"];
                gates.Add(new(name, better, margin.Success ? Number(margin.Value, text) : 0));
            }
        }

        return gates;
    }

    /// <summary>Reads files of public keys. Of a file nothing but its public key is sent anywhere.</summary>
    /// <exception cref="EnvelopeException">One is not there, or holds no such key.</exception>
    public static IReadOnlyList<string> Keys(IReadOnlyList<string> files) =>
        files is [None] ? [] : [.. files.Select(Key)];

    /// <exception cref="EnvelopeException">It is no number.</exception>
    public static double Number(string text, string where) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse(text, $"is no number, in '{where}'.", "Write one such as 0.01.");

    private static string Key(string file)
    {
        VerificationKey.Load(file);
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static EnvelopeException Refuse(string text, string reason, string cure) =>
        new(EnvelopeError.Invalid, $"'{text}' {reason} {cure}");

    [GeneratedRegex(
        "^(?<name>.+):(?<better>higher|lower)(:(?<margin>[^:]+))?$|^(?<name>.+)-$", RegexOptions.ExplicitCapture)]
    private static partial Regex GateForm();
}
