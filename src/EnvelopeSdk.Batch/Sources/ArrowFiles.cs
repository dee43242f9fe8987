using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Arrow;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Tables;
using Column = EnvelopeSdk.Batch.Columns.Column;

namespace EnvelopeSdk.Batch.Sources;

/// <summary>Files of Arrow record batches ("Arrow Columnar Format", IPC file and streaming format).</summary>
/// <param name="tables">The engine.</param>
/// <param name="files">The files, at least one.</param>
internal sealed class ArrowFiles(DuckTables tables, IReadOnlyList<string> files) : TableSource
{
    public override IReadOnlyList<string> Files => files;

    public override async Task<IReadOnlyList<Column>> ColumnsAsync(CancellationToken cancellationToken)
    {
        using var first = await ArrowFile.OpenAsync(files[0], cancellationToken);
        ArrowSchemas.EnsureDistinct(first.Schema, $"'{files[0]}'", StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Skip(1))
        {
            using var other = await ArrowFile.OpenAsync(file, cancellationToken);
            ArrowSchemas.EnsureAlike(first.Schema, files[0], other.Schema, file);
        }

        return [.. first.Schema.FieldsList.Select(Of)];
    }

    public override async Task TakeAsync(
        TakenTable table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var places = (await FieldsAsync(cancellationToken)).Index()
            .Where(one => columns.Any(column => column.Name == one.Item.Name)).ToList();
        await table.MakeAsync(
            [.. places.Select(one => (one.Item.Name, ArrowColumn.Sql(one.Item.DataType)!))],
            async rows =>
            {
                foreach (var file in files)
                {
                    await ReadAsync(file, [.. places.Select(one => one.Index)], rows, cancellationToken);
                }
            });
    }

    protected override async Task<long?> CountAsync(int place, CancellationToken cancellationToken)
    {
        using var content = await ArrowFile.OpenAsync(files[place], cancellationToken);
        var count = 0L;
        while (await content.ReadAsync(cancellationToken) is { } batch)
        {
            count += batch.Length;
            batch.Dispose();
        }

        return count;
    }

    private async Task<IReadOnlyList<Field>> FieldsAsync(CancellationToken cancellationToken)
    {
        using var first = await ArrowFile.OpenAsync(files[0], cancellationToken);
        return first.Schema.FieldsList;
    }

    private static async Task ReadAsync(
        string file, IReadOnlyList<int> places, ChunkAppender rows, CancellationToken cancellationToken)
    {
        using var content = await ArrowFile.OpenAsync(file, cancellationToken);
        for (var first = 0L; await content.ReadAsync(cancellationToken) is { } batch;)
        {
            using (batch)
            {
                content.Look(() => Append(batch, places, rows, file, first));
                first += batch.Length;
            }
        }
    }

    private static void Append(
        RecordBatch batch, IReadOnlyList<int> places, ChunkAppender rows, string file, long before)
    {
        List<(ArrowVector Values, ColumnType Type, string Name)> columns = [];
        try
        {
            foreach (var place in places)
            {
                var field = batch.Schema.GetFieldByIndex(place);
                var type = ArrowTypes.Of(field.DataType);
                var values = ArrowVector.Of(batch.Column(place).Data, type);
                columns.Add((values, type, field.Name));
                if (ArrowTexts.FirstInvalid(values, type, batch.Length) is { } row)
                {
                    throw Invalid(file, field.Name, before + row + 1);
                }
            }

            rows.Append(batch.Length, ArrowBytes.Of(batch), (place, first, count, target) =>
            {
                if (columns.Count > 0) // else no column is read, and there are rows all the same
                {
                    Copy(columns[place], first, count, target, file);
                }
            });
        }
        finally
        {
            columns.ForEach(one => one.Values.Dispose());
        }
    }

    private static void Copy(
        (ArrowVector Values, ColumnType Type, string Name) column, int first, int count, Target target, string file)
    {
        try
        {
            ArrowColumn.Copy(column.Values, column.Type, first, count, target);
        }
        catch (EnvelopeException failure)
        {
            throw new EnvelopeException(
                failure.Error, $"The column '{column.Name}' of '{file}': {failure.Message}", failure);
        }
    }

    private static EnvelopeException Invalid(string file, string column, long row) => new(
        EnvelopeError.Invalid,
        string.Create(CultureInfo.InvariantCulture, $"Row {row} of '{file}' has in the column '{column}' a string ")
        + "that is not valid UTF-8, which no table keeps as it is. Write it in UTF-8, or leave the column out with "
        + "--key if the query does not take it.");

    private Column Of(Field field)
    {
        var column = TypedAs(field);
        return column with { Type = column.Type with { Dialect = SqlDialect.None } };
    }

    private Column TypedAs(Field field) => field.DataType is NullType ? new(field.Name, ArrowTypes.Of(field.DataType))
        : ArrowColumn.Sql(field.DataType) is { } type
        ? tables.Columns($"SELECT CAST(NULL AS {type}) AS {DuckTables.Name(field.Name)}")[0]
        : new(field.Name, new(ColumnKind.Other, ArrowTypes.Of(field.DataType).Name));
}
