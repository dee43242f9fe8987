using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>What a table is called in generated code.</summary>
internal static class TableCode
{
    /// <summary>The name of what holds its columns and rows.</summary>
    public static string Slot(this TableSpec table) => table.Parameter is null ? "answer" : "table_" + table.Parameter;

    /// <summary>The literal of the parameter's name.</summary>
    public static string Place(this TableSpec table) => table.Parameter is null ? "null" : $"\"{table.Parameter}\"";
}
