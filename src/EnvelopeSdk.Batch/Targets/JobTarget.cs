using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Targets;

/// <summary>A place of rows that a job writes.</summary>
internal abstract class JobTarget
{
    /// <summary>The option that has the place of the answers, beside which others lie.</summary>
    public const string OutputOption = "--output";

    /// <summary>What it is called in manifests and messages: a file by its full path, or a table.</summary>
    public abstract string Name { get; }

    /// <summary>What tells it from others: two names of one place are the same.</summary>
    public virtual string Identity => Name;

    /// <summary>Whether it is there.</summary>
    public abstract bool IsThere { get; }

    /// <summary>What the folder of a job is called that writes it, but for its ending.</summary>
    public abstract string WorkPath { get; }

    /// <summary>Keeps a job from what is there already.</summary>
    /// <param name="options">What is done.</param>
    /// <param name="columns">The columns that it shall have.</param>
    /// <exception cref="EnvelopeException">Something else is there.</exception>
    public abstract void EnsureFree(BatchOptions options, IReadOnlyList<Column> columns);

    /// <summary>The place of a name.</summary>
    /// <param name="output">The name.</param>
    /// <param name="option">The option that has it.</param>
    /// <param name="folder">Where the folder of a job is that writes into no file.</param>
    /// <exception cref="EnvelopeException">It cannot be written.</exception>
    public static JobTarget Of(string output, string option, string folder) =>
        DatabaseTable.Parse(output) is { } table
            ? new TableTarget(table, option, folder) : new FileTarget(output, option);
}
