using DuckDB.NET.Native;
using EnvelopeSdk.Batch.Answers;
using static DuckDB.NET.Native.NativeMethods;

namespace EnvelopeSdk.Batch.Tables;

/// <summary>A vector of DuckDB that is filled.</summary>
internal sealed unsafe class DuckTarget(IntPtr vector) : Target
{
    private byte* _data = (byte*)Vectors.DuckDBVectorGetData(vector);
    private ulong* _validity;

    public override void Fill<T>(ReadOnlySpan<T> values) => values.CopyTo(new(_data, values.Length));

    public override void SetBytes(int row, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            Vectors.DuckDBVectorAssignStringElementLength(vector, (ulong)row, bytes, value.Length);
        }
    }

    public override void SetRange(int row, int start, int count) =>
        ((DuckDBListEntry*)_data)[row] = new DuckDBListEntry((ulong)start, (ulong)count);

    public override void SetNull(int row)
    {
        if (_validity == null)
        {
            Vectors.DuckDBVectorEnsureValidityWritable(vector);
            _validity = Vectors.DuckDBVectorGetValidity(vector);
        }

        _validity[row >> 6] &= ~(1UL << (row & 63));
    }

    public override Target Field(int index) => new DuckTarget(Vectors.DuckDBStructVectorGetChild(vector, index));

    public override Target Items(int count)
    {
        Vectors.DuckDBListVectorReserve(vector, (ulong)count);
        Vectors.DuckDBListVectorSetSize(vector, (ulong)count);
        _data = (byte*)Vectors.DuckDBVectorGetData(vector);
        return new DuckTarget(Vectors.DuckDBListVectorGetChild(vector));
    }
}
