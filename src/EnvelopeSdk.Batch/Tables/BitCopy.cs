using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Columns;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>
/// A function of DuckDB of values of a type with floating-point numbers, or of one with whole numbers in their place:
/// it makes the one of the other, and leaves all bits as they are.
/// </summary>
internal sealed unsafe class BitCopy : IDisposable
{
    private readonly ColumnType _type;
    private readonly GCHandle _self;

    /// <param name="tables">The engine.</param>
    /// <param name="name">What it is called there.</param>
    /// <param name="type">The type with floating-point numbers.</param>
    /// <param name="from">What it takes.</param>
    /// <param name="to">What it makes.</param>
    /// <exception cref="DuckException">DuckDB does not take it.</exception>
    public BitCopy(DuckTables tables, string name, ColumnType type, DuckDBLogicalType from, DuckDBLogicalType to)
    {
        (Name, _type) = (name, type);
        _self = GCHandle.Alloc(this);
        DuckScalar.Register(tables, name, _self, &Call, function =>
        {
            ScalarFunction.DuckDBScalarFunctionAddParameter(function, from);
            ScalarFunction.DuckDBScalarFunctionSetReturnType(function, to);
        });
    }

    /// <summary>What it is called there.</summary>
    public string Name { get; }

    public void Dispose() => _self.Free();

    private static void Copy(IntPtr from, IntPtr to, ColumnType type, int count)
    {
        if (!type.HasFloats)
        {
            DuckScalar.Reference(to, from);
            return;
        }

        CopyValidity(from, to, count);
        switch (type.Kind)
        {
            case ColumnKind.Float:
                CopyData<uint>(from, to, count);
                break;
            case ColumnKind.Double:
                CopyData<ulong>(from, to, count);
                break;
            case ColumnKind.List:
                var items = CopyEntries(from, to, type, count);
                Copy(
                    Vectors.DuckDBListVectorGetChild(from), Vectors.DuckDBListVectorGetChild(to), type.Parts[0].Type,
                    items);
                break;
            case ColumnKind.Map:
                var pairs = CopyEntries(from, to, type, count);
                CopyFields(Vectors.DuckDBListVectorGetChild(from), Vectors.DuckDBListVectorGetChild(to), type, pairs);
                break;
            case ColumnKind.Array:
                Copy(
                    Vectors.DuckDBArrayVectorGetChild(from), Vectors.DuckDBArrayVectorGetChild(to),
                    type.Parts[0].Type, count * type.Width);
                break;
            default:
                CopyFields(from, to, type, count);
                break;
        }
    }

    private static void CopyFields(IntPtr from, IntPtr to, ColumnType type, int count)
    {
        for (var i = 0; i < type.Parts.Count; i++)
        {
            Copy(
                Vectors.DuckDBStructVectorGetChild(from, i), Vectors.DuckDBStructVectorGetChild(to, i),
                type.Parts[i].Type, count);
        }
    }

    /// <summary>Says which items each list has.</summary>
    /// <returns>How many there are.</returns>
    private static int CopyEntries(IntPtr from, IntPtr to, ColumnType type, int count)
    {
        var lists = new DuckVector(from, type);
        var items = lists.ItemsOf(count);
        Vectors.DuckDBListVectorReserve(to, (ulong)items);
        Vectors.DuckDBListVectorSetSize(to, (ulong)items);
        CopyData<DuckDBListEntry>(from, to, count);
        return items;
    }

    private static void CopyData<T>(IntPtr from, IntPtr to, int count)
        where T : unmanaged =>
        new ReadOnlySpan<T>(Vectors.DuckDBVectorGetData(from), count).CopyTo(
            new(Vectors.DuckDBVectorGetData(to), count));

    private static void CopyValidity(IntPtr from, IntPtr to, int count)
    {
        if (Vectors.DuckDBVectorGetValidity(from) is var validity && validity != null)
        {
            Vectors.DuckDBVectorEnsureValidityWritable(to);
            new ReadOnlySpan<ulong>(validity, (count + 63) / 64).CopyTo(
                new(Vectors.DuckDBVectorGetValidity(to), (count + 63) / 64));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(IntPtr info, IntPtr chunk, IntPtr output)
    {
        try
        {
            var self = DuckScalar.SelfOf<BitCopy>(info);
            var (vector, count) = (DuckScalar.VectorOf(chunk, 0), (int)DuckScalar.SizeOf(chunk));
            using var copies = new FlatCopies(count);
            Copy(self._type.Parts.Count == 0 ? vector : copies.Of(vector), output, self._type, count);
        }
        catch (Exception failure)
        {
            ScalarFunction.DuckDBScalarFunctionSetError(info, $"Values were not copied: {failure.Message}");
        }
    }
}
