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

    /// <summary>Turns text, as SQL has it, into text that the engine reads as the database does.</summary>
    public Func<string, string> Source { get; init; } = text => text;

    /// <summary>How the engine makes the value; of a list, of texts as JSON.</summary>
    /// <param name="text">The column of text, as it is quoted there.</param>
    public string Value(string text) => Type is not null && Type.EndsWith("[]", StringComparison.Ordinal)
        ? $"CASE WHEN {text} LIKE '[[%' THEN {Otherwise(Type)} ELSE "
            + $"list_transform({text}::JSON::VARCHAR[], lambda item: {Cast("item", Type[..^2])}) END"
        : Cast(text, Type);

    private string Cast(string text, string? type) =>
        $"coalesce(TRY_CAST({Source(text)} AS {type}), CASE WHEN {text} IS NULL THEN NULL ELSE {Otherwise(type)} END)";

    private string Otherwise(string? type)
    {
        var message = $"The column '{Name}' ({Shown}) has a value that is no {Type}, such as NaN in a numeric or an "
            + "array of arrays. Change it, or leave its row out, in a query.";
        return $"CAST(error({DuckTables.Quoted(message)}) AS {type})";
    }
}
