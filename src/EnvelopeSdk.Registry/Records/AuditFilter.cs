using EnvelopeSdk.Registry.Data.Databases;

namespace EnvelopeSdk.Registry.Records;

/// <summary>Which changes are asked for: those for which all that is given holds.</summary>
internal sealed record AuditFilter
{
    public string? Envelope { get; init; }

    public string? Who { get; init; }

    public string? Action { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those before this one.</summary>
    public long? Before { get; init; }

    /// <summary>The condition of a row, and the values of its parameters.</summary>
    public (string Condition, object?[] Values) ToSql()
    {
        var tests = new List<string> { "1 = 1" };
        var values = new List<object?>();
        Add("envelope =", Envelope);
        Add("who =", Who is null ? null : StoredText.Write(Who));
        Add("action =", Action);
        Add("time >=", Since?.UtcTicks);
        Add("time <=", Until?.UtcTicks);
        Add("id <", Before);
        return (string.Join(" and ", tests), [.. values]);

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
