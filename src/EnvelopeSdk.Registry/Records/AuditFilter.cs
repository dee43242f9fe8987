using EnvelopeSdk.Registries;
using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Records;

/// <summary>Which rows of the audit are asked for.</summary>
internal static class AuditFilter
{
    /// <summary>The condition of a row, and the values of its parameters.</summary>
    public static (string Condition, object?[] Values) ToSql(this AuditQuery query)
    {
        var tests = new List<string> { "1 = 1" };
        var values = new List<object?>();
        Add("envelope =", Stored(query.Envelope));
        Add("who =", Stored(query.Who));
        Add("action =", Stored(query.Action));
        Add("time >=", query.Since?.UtcTicks);
        Add("time <=", query.Until?.UtcTicks);
        Add("id <", query.Before);
        return (string.Join(" and ", tests), [.. values]);

        static string? Stored(string? text) => text is null ? null : StoredText.Write(text);

        void Add(string test, object? value)
        {
            if (value is not null)
            {
                tests.Add($"{test} @{values.Count}");
                values.Add(value);
            }
        }
    }
}
