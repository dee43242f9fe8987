using System.Text.Json;
using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>Takes the answers of rows apart into columns. For one thread.</summary>
/// <param name="columns">The columns of an answer.</param>
/// <param name="names">Their names.</param>
/// <param name="isObject">Whether they are the members of an object.</param>
/// <param name="log">Keeps the calls; null: nothing does.</param>
internal sealed class AnswerRow(
    IReadOnlyList<AnswerColumn> columns, IReadOnlyList<string> names, bool isObject, AnswerLog? log)
{
    private readonly (string Name, AnswerColumn Values)[] _members = [.. names.Zip(columns)];

    /// <summary>What takes answers of a type as they are: of those that it refuses, JSON is to be taken.</summary>
    /// <returns>Null when there is none.</returns>
    public Func<T, bool>? Direct<T>() => isObject || log is not null ? null : columns[0].Direct<T>();

    /// <summary>Takes an answer, as JSON.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="arguments">What was asked with.</param>
    /// <param name="row">The row of it.</param>
    public void Append(ReadOnlySpan<byte> answer, ColumnNode arguments, int row)
    {
        log?.Append(arguments, row, answer);
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        if (!isObject)
        {
            columns[0].Append(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.Null)
        {
            AppendNoMembers();
        }
        else
        {
            AnswerMembers.Append(_members, ref reader);
        }
    }

    /// <summary>Takes that there is no answer.</summary>
    public void AppendNulls()
    {
        log?.AppendNulls();
        AppendNoMembers();
    }

    private void AppendNoMembers()
    {
        foreach (var column in columns)
        {
            column.AppendNull();
        }
    }
}
