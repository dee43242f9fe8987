using System.CommandLine;

namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>The options of a job: of its own program, and of the command that builds and runs one.</summary>
internal sealed class JobArguments
{
    public Option<string?> Input { get; } = new("--input", "-i")
    {
        Description = "The rows: a Parquet, CSV, JSON lines or Arrow file, a folder or pattern of them, a query that "
            + "begins with SELECT, or DATABASE#TABLE or DATABASE#SELECT... of a file of DuckDB or SQLite, or a "
            + "postgresql:// address.",
    };

    public Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "The file of the rows with their answers, .parquet, .csv, .jsonl or .arrow, or DATABASE#TABLE.",
    };

    public Option<string?> Query { get; } = new("--query")
    {
        Description = "The query of the model; needed if it has several.",
    };

    public Option<string[]> Map { get; } = new("--map")
    {
        Description = "PARAMETER=COLUMN: the column of a parameter, or of a member as in diamond.carat, if it is "
            + "called otherwise.",
    };

    public Option<string[]> Key { get; } = new("--key")
    {
        Description = "A column that is kept beside the answers; all if none is named.",
    };

    public Option<string?> Answer { get; } = new("--answer")
    {
        Description = "The column of the answers that are no objects; else 'prediction'.",
    };

    public Option<string?> Quarantine { get; } = new("--quarantine")
    {
        Description = "The file, or table of the output's database, of the rows that cannot be answered, with the "
            + "reason; without it the first ends the job.",
    };

    public Option<string?> MaxBad { get; } = new("--max-bad")
    {
        Description = "How many rows may go there: a number, or a share such as 0.1%.",
    };

    public Option<string?> Log { get; } = new("--log")
    {
        Description = "The file, or table of the output's database, that keeps for each row what the model was asked "
            + "and what it answered.",
    };

    public Option<string?> Shard { get; } = new("--shard")
    {
        Description = "2/8: the third of eight jobs that share the rows of files, each with an output of its own.",
    };

    public Option<string?> Run { get; } = new("--run")
    {
        Description = "What this run is called. Begun again with the same name it goes on, and what it has done it "
            + "does not do twice; parts that another run left are removed.",
    };

    /// <summary>A word that begins with '@' is a name, such as that of a column, and no file of other words.</summary>
    public static readonly ParserConfiguration AsTheyAre = new() { ResponseFileTokenReplacer = null };

    public Option<int?> Threads { get; } = WholeNumber.Option<int>(
        "--threads", "How many threads call the model; else one for each processor.", least: 0);

    public Option<int?> Memory { get; } = WholeNumber.Option<int>(
        "--memory",
        "The megabytes that reading and writing may take, beside the model; else 256, and more for many hundreds of "
            + "columns.",
        least: 64);

    public Option<string?> Spill { get; } = new("--spill")
    {
        Description = "The folder for what is too much for that; else one beside the output.",
    };

    public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replace what is there." };

    public Option<bool> Append { get; } = new("--append") { Description = "Append the rows to those of a table." };

    private IEnumerable<Option> OfColumns => [Query, Map, Key, Answer];

    private IEnumerable<Option> All =>
        [Input, Output, .. OfColumns, Quarantine, MaxBad, Log, Shard, Run, Threads, Memory, Spill, Overwrite, Append];

    public void AddTo(Command command) => AddTo(command, All);

    /// <summary>Adds those that say which columns are what.</summary>
    public void AddColumnsTo(Command command) => AddTo(command, OfColumns);

    private static void AddTo(Command command, IEnumerable<Option> options)
    {
        foreach (var one in options)
        {
            command.Add(one);
        }
    }

    /// <summary>What is read and written.</summary>
    public IEnumerable<string> Places(ParseResult parsed) => new[] { Input, Output, Quarantine, Log }
        .Select(one => parsed.GetValue(one)).OfType<string>();

    /// <summary>The options that were given, as words of a command line.</summary>
    public IEnumerable<string> Words(ParseResult parsed) => All
        .Select(option => (option.Name, Given: parsed.GetResult(option)))
        .Where(one => one.Given is { Implicit: false })
        .SelectMany(one => one.Given!.Tokens.Count == 0
            ? [one.Name]
            : one.Given.Tokens.SelectMany(token => (string[])[one.Name, token.Value]));
}
