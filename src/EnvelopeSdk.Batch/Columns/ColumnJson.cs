using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>
/// Writes the values of a column as the JSON that a caller of the service would send for them, so that a table is read
/// by the very code that reads requests. For one thread.
/// </summary>
internal abstract class ColumnJson
{
    /// <summary>The values of the rows that were taken last.</summary>
    protected Vector Values { get; private set; } = null!;

    /// <summary>Takes the values of the next rows.</summary>
    public virtual void Bind(Vector values) => Values = values;

    /// <summary>Whether a row has no value.</summary>
    public virtual bool IsNull(int row) => Values.IsNull(row);

    /// <summary>Writes the value of a row that has one.</summary>
    /// <exception cref="CellException">It is one that the parameter cannot have.</exception>
    public abstract void Write(JsonOutput output, int row);

    /// <summary>Writes the value of a row, or null.</summary>
    /// <exception cref="CellException">It is one that the parameter cannot have.</exception>
    public void WriteOrNull(JsonOutput output, int row)
    {
        if (IsNull(row))
        {
            output.WriteNull();
        }
        else
        {
            Write(output, row);
        }
    }
}

/// <summary>A column whose values are written one by one.</summary>
/// <param name="write">Writes the value of a row.</param>
internal sealed class ScalarJson(Action<JsonOutput, Vector, int> write) : ColumnJson
{
    public override void Write(JsonOutput output, int row) => write(output, Values, row);
}

/// <summary>A column without any value.</summary>
internal sealed class NullJson : ColumnJson
{
    public override bool IsNull(int row) => true;

    public override void Write(JsonOutput output, int row) => output.WriteNull();
}

/// <summary>A column of lists or arrays, which become arrays.</summary>
/// <param name="items">What they hold.</param>
internal sealed class ListJson(ColumnJson items) : ColumnJson
{
    public override void Bind(Vector values)
    {
        base.Bind(values);
        items.Bind(values.Parts[0]);
    }

    public override void Write(JsonOutput output, int row)
    {
        var (start, count) = Values.Range(row);
        output.WriteStartArray();
        for (var i = start; i < start + count; i++)
        {
            items.WriteOrNull(output, i);
        }

        output.WriteEndArray();
    }
}

/// <summary>A column of structures, which become objects.</summary>
/// <param name="members">Their fields, in order, with whether one without a value is left out.</param>
internal sealed class StructJson(IReadOnlyList<(string Name, ColumnJson Values, bool IsLeftOut)> members) : ColumnJson
{
    public override void Bind(Vector values)
    {
        base.Bind(values);
        for (var i = 0; i < members.Count; i++)
        {
            members[i].Values.Bind(values.Parts[i]);
        }
    }

    public override void Write(JsonOutput output, int row)
    {
        output.WriteStartObject();
        foreach (var (name, values, isLeftOut) in members)
        {
            if (!isLeftOut || !values.IsNull(row))
            {
                output.WriteName(name);
                values.WriteOrNull(output, row);
            }
        }

        output.WriteEndObject();
    }
}

/// <summary>A column of maps of strings, which become objects.</summary>
/// <param name="items">The values of their entries.</param>
internal sealed class MapJson(ColumnJson items) : ColumnJson
{
    public override void Bind(Vector values)
    {
        base.Bind(values);
        items.Bind(values.Parts[1]);
    }

    public override void Write(JsonOutput output, int row)
    {
        var (start, count) = Values.Range(row);
        output.WriteStartObject();
        for (var i = start; i < start + count; i++)
        {
            output.WriteName(TextColumns.Read(Values.Parts[0], i));
            items.WriteOrNull(output, i);
        }

        output.WriteEndObject();
    }
}
