using System.Globalization;
using System.Text;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// The engine that reads and writes tables: DuckDB in memory, which puts what is too much into a folder and loads
/// nothing from the network. Not thread-safe, but for <see cref="Interrupt"/>.
/// </summary>
internal sealed class DuckTables : IDisposable
{
    private readonly DuckDBDatabase _database;
    private readonly DuckDBNativeConnection _connection;

    /// <param name="spill">The folder for what is too much for its memory.</param>
    /// <param name="memory">How much that is, in megabytes.</param>
    /// <param name="threads">How many threads it has.</param>
    /// <exception cref="DuckException">It does not start.</exception>
    public DuckTables(string spill, int memory, int threads)
    {
        Ensure(Startup.DuckDBOpen(":memory:", out _database), "It does not start.");
        Ensure(Startup.DuckDBConnect(_database, out _connection), "It takes no connection.");
        Run("SET autoinstall_known_extensions = false");
        Run("SET autoload_known_extensions = false");
        Run("SET TimeZone = 'UTC'"); // so that the same rows are the same text on each machine
        Run("SET preserve_insertion_order = true"); // which answers are whose hangs on it, once they are beside rows
        Run($"SET temp_directory = {Quoted(spill)}");
        Limit(memory);
        Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
    }

    public DuckDBNativeConnection Connection => _connection;

    /// <summary>Begins to load the engine, so that the first that is opened need not wait for all of it.</summary>
    public static void Load() => Task.Run(static () => Helpers.DuckDBVectorSize());

    /// <summary>Says how much memory it has, in megabytes.</summary>
    public void Limit(int memory) =>
        Run(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{memory}MB'"));

    /// <summary>Watches columns for a -0.0.</summary>
    public SignedZeros Zeros => field ??= new(this);

    /// <summary>Stores floating-point numbers as they are.</summary>
    public FloatBits Bits => field ??= new(this);

    /// <summary>A string as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as SQL writes it.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Does something that has no answer.</summary>
    /// <exception cref="DuckException">It cannot be done.</exception>
    public void Run(string sql) => Ask(sql, (ref DuckDBResult _) => true);

    /// <summary>Does several things, or none of them.</summary>
    /// <exception cref="DuckException">One cannot be done.</exception>
    public void RunAtOnce(Action all)
    {
        Run("BEGIN");
        try
        {
            all();
            Run("COMMIT");
        }
        catch
        {
            TryRollBack();
            throw;
        }

        void TryRollBack()
        {
            try
            {
                Run("ROLLBACK");
            }
            catch (DuckException)
            {
                // what went wrong has done so already
            }
        }
    }

    /// <summary>The columns that a query answers.</summary>
    /// <exception cref="DuckException">It cannot be asked.</exception>
    public IReadOnlyList<Column> Columns(string sql) => Ask(sql, (ref DuckDBResult result) =>
    {
        var columns = new List<Column>();
        for (var i = 0; i < (int)Query.DuckDBColumnCount(ref result); i++)
        {
            using var type = Query.DuckDBColumnLogicalType(ref result, i);
            columns.Add(new(Query.DuckDBColumnName(ref result, i), DuckTypes.Of(type)));
        }

        return columns;
    });

    /// <summary>The types of columns as DuckDB itself has them, to be disposed of.</summary>
    /// <exception cref="DuckException">It cannot be asked.</exception>
    public IReadOnlyList<DuckDBLogicalType> TypesOf(IEnumerable<string> expressions, string source) => Ask(
        $"SELECT {string.Join(", ", expressions)} FROM {source} LIMIT 0", (ref DuckDBResult result) =>
        {
            var types = new DuckDBLogicalType[(int)Query.DuckDBColumnCount(ref result)];
            for (var i = 0; i < types.Length; i++)
            {
                types[i] = Query.DuckDBColumnLogicalType(ref result, i);
            }

            return types;
        });

    /// <summary>The type of one column.</summary>
    /// <inheritdoc cref="TypesOf"/>
    public DuckDBLogicalType TypeOf(string expression, string source) => TypesOf([expression], source)[0];

    /// <summary>The one column of rows, whole numbers of 64 bits.</summary>
    /// <exception cref="DuckException">It cannot be asked.</exception>
    public IReadOnlyList<long> Numbers(string sql) => List(sql, (values, row) => values.Read<long>(row));

    /// <summary>The one column of rows, strings.</summary>
    /// <exception cref="DuckException">It cannot be asked.</exception>
    public IReadOnlyList<string> Texts(string sql) =>
        List(sql, (values, row) => Encoding.UTF8.GetString(values.Bytes(row)));

    /// <summary>Reads an answer while it comes: it need not fit into the memory.</summary>
    /// <exception cref="DuckException">It cannot be asked.</exception>
    public void Stream(string sql, StreamResult read)
    {
        var state = PreparedStatements.DuckDBPrepare(_connection, sql, out var statement);
        using (statement)
        {
            if (state != DuckDBState.Success)
            {
                throw new DuckException(PreparedStatements.DuckDBPrepareError(statement));
            }

            state = PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
            try
            {
                if (state == DuckDBState.Success)
                {
                    read(ref result);
                }

                if (Query.DuckDBResultError(ref result) is { Length: > 0 } failure)
                {
                    throw new DuckException(failure);
                }
            }
            finally
            {
                Query.DuckDBDestroyResult(ref result);
            }
        }
    }

    /// <summary>Puts rows that cannot be answered into a table.</summary>
    /// <exception cref="DuckException">They cannot be put there.</exception>
    public void Append(string table, IEnumerable<RowFault> faults)
    {
        var made = Appender.DuckDBAppenderCreate(_connection, null!, table, out var appender);
        using (appender)
        {
            appender.Ensure(made);
            foreach (var fault in faults)
            {
                Appender.DuckDBAppendInt64(appender, fault.Row);
                Append(appender, fault.Column);
                Append(appender, fault.Reason);
                appender.Ensure(Appender.DuckDBAppenderEndRow(appender));
            }

            appender.Ensure(Appender.DuckDBAppenderClose(appender));
        }
    }

    private static void Append(DuckDBAppender appender, string? text)
    {
        if (text is null)
        {
            Appender.DuckDBAppendNull(appender);
        }
        else
        {
            Appender.DuckDBAppendVarchar(appender, text, Encoding.UTF8.GetByteCount(text));
        }
    }

    /// <summary>Stops what is being done, from another thread.</summary>
    public void Interrupt() => Startup.DuckDBInterrupt(_connection);

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        Zeros.Dispose();
        Bits.Dispose();
    }

    /// <summary>Reads an answer.</summary>
    public delegate void StreamResult(ref DuckDBResult result);

    private delegate T ReadResult<out T>(ref DuckDBResult result);

    private T Ask<T>(string sql, ReadResult<T> read)
    {
        var state = Query.DuckDBQuery(_connection, sql, out var result);
        try
        {
            return state == DuckDBState.Success
                ? read(ref result)
                : throw new DuckException(Query.DuckDBResultError(ref result));
        }
        finally
        {
            Query.DuckDBDestroyResult(ref result);
        }
    }

    private List<T> List<T>(string sql, Func<Vector, int, T> read) => Ask(sql, (ref DuckDBResult result) =>
    {
        using var type = Query.DuckDBColumnLogicalType(ref result, 0);
        var column = DuckTypes.Of(type);
        var values = new List<T>();
        while (true)
        {
            using var chunk = Query.DuckDBFetchChunk(result);
            if (chunk.IsInvalid)
            {
                return values;
            }

            var vector = new DuckVector(DataChunks.DuckDBDataChunkGetVector(chunk, 0), column);
            for (var i = 0; i < (int)DataChunks.DuckDBDataChunkGetSize(chunk); i++)
            {
                values.Add(read(vector, i));
            }
        }
    });

    private static void Ensure(DuckDBState state, string otherwise)
    {
        if (state != DuckDBState.Success)
        {
            throw new DuckException(otherwise);
        }
    }
}
