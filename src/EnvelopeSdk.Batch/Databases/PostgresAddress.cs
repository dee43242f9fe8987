using System.Data.Common;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>
/// An address of PostgreSQL as its own programs take it ("PostgreSQL Documentation", 34.1.1.2 Connection URIs), as what
/// its provider is told.
/// </summary>
internal static class PostgresAddress
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
    };

    /// <param name="address">The address, which has no password in it.</param>
    /// <exception cref="EnvelopeException">It is none.</exception>
    public static string ConnectionString(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw Invalid(address, "it is no address such as postgresql://user@host/database");
        }

        // A connection rests for as long as rows are answered, and routers forget those that are silent; and what is
        // committed takes the time it takes.
        var parts = new DbConnectionStringBuilder
        {
            ["Pooling"] = "false",
            ["Command Timeout"] = "0",
            ["Tcp Keepalive"] = "true",
            ["Tcp Keepalive Time"] = "60",
            ["Tcp Keepalive Interval"] = "10",
        };
        Set("Username", Uri.UnescapeDataString(uri.UserInfo));
        Set("Host", Uri.UnescapeDataString(uri.Host));
        Set("Port", uri.Port > 0 ? $"{uri.Port}" : "");
        Set("Database", Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')));
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var one, var other] ? (one, other) : (pair, "");
            var word = Words.GetValueOrDefault(name) ?? throw Invalid(
                address, $"'{name}' is not known here, but {string.Join(", ", Words.Keys)} are");
            var text = Uri.UnescapeDataString(value);
            Set(word, name == "sslmode" ? text.Replace("-", "", StringComparison.Ordinal) : text); // verify-full: VerifyFull
        }

        return parts.ConnectionString;

        void Set(string name, string value)
        {
            if (value.Length > 0)
            {
                parts[name] = value;
            }
        }
    }

    private static EnvelopeException Invalid(string address, string reason) => new(
        EnvelopeError.Invalid, $"'{address}' cannot be the address of a database: {reason}.");
}
