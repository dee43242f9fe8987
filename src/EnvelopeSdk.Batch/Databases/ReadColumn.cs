using EnvelopeSdk.Batch.Tables;

namespace EnvelopeSdk.Batch.Databases;

/// <summary>A column of a database that is read as text, from which nothing of it is lost.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What the engine takes it for, as SQL has it; null: it has nothing for it.</param>
/// <param name="Text">How the database says its text, of the column as it is quoted there.</param>
/// <param name="Shown">Its type, as messages show it.</param>
internal sealed record ReadColumn(string Name, string? Type, Func<string, string> Text, string Shown)
{
    /// <summary>Whether all of its numbers stand for those of 32 bits too.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Turns the column of text, as it is quoted there, into what its type is cast from.</summary>
    public Func<string, string> Source { get; init; } = text => text;

    /// <summary>How the engine makes the value, of the column of text as it is quoted there.</summary>
    public string Value(string text)
    {
        var otherwise = DuckTables.Quoted(
            $"The column '{Name}' ({Shown}) has a value that is no {Type}, such as NaN in a numeric or an array of "
            + "arrays. Change it, or leave its row out, in a query.");
        var error = $"CAST(error({otherwise}) AS {Type})";
        return Type is not null && Type.EndsWith("[]", StringComparison.Ordinal)
            // Tried, a cast of a list would have NULL in the place of items that it cannot cast.
            ? $"CASE WHEN {text} LIKE '[[%' THEN {error} ELSE CAST({Source(text)} AS {Type}) END"
            : $"coalesce(TRY_CAST({Source(text)} AS {Type}), CASE WHEN {text} IS NULL THEN NULL ELSE {error} END)";
    }
}
