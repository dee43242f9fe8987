namespace EnvelopeSdk.Batch.Databases;

/// <summary>A column that a table of a database has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declared">Its type, as the database shows it; empty where it has none.</param>
internal sealed record StoredColumn(string Name, string Declared);
