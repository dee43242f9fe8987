namespace EnvelopeSdk.Batch.Columns;

/// <summary>What the values of a table are.</summary>
internal enum ValueForm
{
    /// <summary>What the types of its columns say.</summary>
    Typed,

    /// <summary>Strings, each of which is what the schema says that it is.</summary>
    Text,

    /// <summary>The text of a JSON value; where there is none, none was given.</summary>
    Json,
}
