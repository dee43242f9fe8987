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

    /// <summary>How the engine makes the value, of the column of text as it is quoted there.</summary>
    public Func<string, string> Value { get; init; } = text => $"CAST({text} AS {Type})";
}
