using System.Globalization;
using System.Text.Json.Serialization;
using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Runs;

/// <summary>What a job does. Members are set and not initialised, since settings may leave any of them out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a quarantine that is misspelt would be none
internal sealed record BatchOptions
{
    public const string DefaultAnswer = "prediction";

    /// <summary>The rows: a file, a folder, a pattern, a query, or a table of a database or query over it.</summary>
    public string Input { get; set; } = "";

    /// <summary>Where the answers go: a file, or a table of a database.</summary>
    public string Output { get; set; } = "";

    /// <summary>The query of the model; the only one if absent.</summary>
    public string? Query { get; set; }

    /// <summary>Columns by the parameters, or members of them, that they are for.</summary>
    public IReadOnlyDictionary<string, string> Map { get; set; } = new Dictionary<string, string>();

    /// <summary>The columns that are kept beside the answers; all if there is none.</summary>
    public IReadOnlyList<string> Key { get; set; } = [];

    /// <summary>The column of an answer that has no members.</summary>
    public string Answer { get; set; } = DefaultAnswer;

    /// <summary>Where rows go that cannot be answered; without it the first of them ends the job.</summary>
    public string? Quarantine { get; set; }

    /// <summary>Where it is kept what the model was asked and answered for each row; nowhere if absent.</summary>
    public string? Log { get; set; }

    /// <summary>How many rows may go there, or which share of all (<c>0.1%</c>); any if absent.</summary>
    public BadRows? MaxBad { get; set; }

    /// <summary>
    /// How many rows are finished at once: what is finished is not done again. Some minutes' work if absent.
    /// </summary>
    public long? RowsPerPart { get; set; }

    /// <summary>Which of several jobs this is that share the rows; it has all if absent.</summary>
    public Shard? Shard { get; set; }

    /// <summary>What this run is called by who begins it again; absent if nobody does.</summary>
    public string? Run { get; set; }

    /// <summary>How many threads call the model; as many as there are processors if 0.</summary>
    public int Threads { get; set; }

    /// <summary>
    /// The memory of the engine that reads and writes, in megabytes; 256 if absent, and more for very many columns.
    /// </summary>
    public int? Memory { get; set; }

    /// <summary>The folder for what is too much for it; beside the output if absent.</summary>
    public string? Spill { get; set; }

    /// <summary>Whether what is there is replaced.</summary>
    public bool Overwrite { get; set; }

    /// <summary>Whether rows are appended to those that a table has.</summary>
    public bool Append { get; set; }
}

/// <summary>How many rows may be bad.</summary>
/// <param name="Value">A number of rows, or a share of all.</param>
/// <param name="IsShare">Whether it is a share.</param>
internal sealed record BadRows(decimal Value, bool IsShare)
{
    /// <summary>Whether there are too many, of so many rows.</summary>
    public bool IsExceeded(long bad, long rows) => bad > (IsShare ? Value * rows : Value);

    /// <returns>Null when the text is neither a number nor a share.</returns>
    public static BadRows? Parse(string text)
    {
        var isShare = text.EndsWith('%');
        var number = isShare ? text[..^1] : text;
        return decimal.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && (isShare ? value <= 100 : value == Math.Floor(value))
            ? new(isShare ? value / 100 : value, isShare)
            : null;
    }

    public override string ToString() => IsShare
        ? string.Create(CultureInfo.InvariantCulture, $"{Value * 100:0.##########################} %")
        : string.Create(CultureInfo.InvariantCulture, $"{Value}");
}
