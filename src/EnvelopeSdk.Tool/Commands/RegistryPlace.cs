using System.Collections;
using System.CommandLine;
using EnvelopeSdk.Registry.Hosting;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>Which registry is meant: by options, else by the environment, else by appsettings.json.</summary>
internal static class RegistryPlace
{
    /// <exception cref="EnvelopeException">A setting is wrong.</exception>
    public static RegistrySettings Settings => RegistrySettings.Load(
        Directory.GetCurrentDirectory(),
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(one => KeyValuePair.Create((string)one.Key, (string?)one.Value ?? "")));

    /// <summary>The registry whose database a command uses beside it.</summary>
    /// <exception cref="EnvelopeException">A setting is wrong, or there is no store.</exception>
    public static ServerOptions Of(ParseResult parsed, Option<string?> database)
    {
        var settings = Settings;
        return new()
        {
            Store = settings.Blobs is null ? StoreInUse.OpenDirectory().Address : "",
            Database = parsed.GetValue(database) ?? settings.Database,
            Blobs = settings.Blobs,
        };
    }
}
