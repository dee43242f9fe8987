using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// What answers rows, as a function of DuckDB: of the number of a row and of some columns, called for some rows at once
/// by any of its threads. It is volatile, so that a statement answers each row once, and no more often than that.
/// </summary>
internal sealed unsafe class DuckFunction : IDisposable
{
    private static readonly ColumnType Number = new(ColumnKind.Int64, "BIGINT");

    private readonly IReadOnlyList<Column> _columns;
    private readonly Func<RowAnswers> _create;
    private readonly ThreadLocal<RowAnswers> _answers;
    private readonly CancellationToken _cancellationToken;
    private readonly GCHandle _self;
    private RowFaults _faults = new(0);
    private long _answered;

    /// <param name="tables">The engine.</param>
    /// <param name="name">What it is called there.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="source">Where they come from, as SQL has it.</param>
    /// <param name="create">Makes what answers rows, for a thread.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DuckException">DuckDB does not take it.</exception>
    public DuckFunction(
        DuckTables tables, string name, IReadOnlyList<Column> columns, string source, Func<RowAnswers> create,
        CancellationToken cancellationToken)
    {
        _columns = columns;
        (_create, _answers) = (create, new(create));
        _cancellationToken = cancellationToken;
        _self = GCHandle.Alloc(this);
        DuckScalar.Register(tables, name, _self, &Call, function => Declare(function, tables, source, create().Type));
    }

    /// <summary>What went wrong that is not of a row; null: nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How many rows it was asked for since it began anew.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>How many of them could not be answered.</summary>
    public long Refused => _faults.Count;

    /// <summary>Begins anew.</summary>
    /// <param name="faults">Receives the rows that cannot be answered.</param>
    public void Begin(RowFaults faults) => (_faults, _answered, Failure) = (faults, 0, null);

    /// <summary>Nothing may call it any more.</summary>
    public void Dispose()
    {
        _self.Free();
        _answers.Dispose();
    }

    private void Declare(IntPtr function, DuckTables tables, string source, ColumnType answer)
    {
        using (var number = tables.TypeOf("0::BIGINT", "(SELECT 1)"))
        {
            ScalarFunction.DuckDBScalarFunctionAddParameter(function, number);
        }

        var names = _columns.Select(one => DuckTables.Name(one.Name));
        var types = _columns.Count == 0 ? [] : tables.TypesOf(names, source);
        foreach (var own in types)
        {
            using var type = own;
            ScalarFunction.DuckDBScalarFunctionAddParameter(function, type);
        }

        using (var type = tables.TypeOf($"NULL::{answer.Name}", "(SELECT 1)"))
        {
            ScalarFunction.DuckDBScalarFunctionSetReturnType(function, type);
        }

        ScalarFunction.DuckDBScalarFunctionSetVolatile(function);
    }

    private void Answer(IntPtr chunk, IntPtr output)
    {
        var count = (int)DuckScalar.SizeOf(chunk);
        var rows = new Dictionary<string, Vector>(_columns.Count, StringComparer.Ordinal);
        using var copies = new FlatCopies(count);
        for (var i = 0; i < _columns.Count; i++)
        {
            var vector = DuckScalar.VectorOf(chunk, (ulong)i + 1);
            var type = _columns[i].Type;
            rows[_columns[i].Name] = new DuckVector(type.Parts.Count == 0 ? vector : copies.Of(vector), type);
        }

        var numbers = new DuckVector(DuckScalar.VectorOf(chunk, 0), Number);
        try
        {
            _answers.Value!.Answer(rows, numbers, count, new DuckTarget(output), _faults, _cancellationToken);
        }
        catch
        {
            _answers.Value = _create(); // what was answered in part would stand before the next rows
            throw;
        }

        Interlocked.Add(ref _answered, count);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(IntPtr info, IntPtr chunk, IntPtr output)
    {
        var self = DuckScalar.SelfOf<DuckFunction>(info);
        try
        {
            self.Answer(chunk, output);
        }
        catch (Exception failure)
        {
            self.Failure = failure;
            ScalarFunction.DuckDBScalarFunctionSetError(info, "The rows were not answered.");
        }
    }
}
