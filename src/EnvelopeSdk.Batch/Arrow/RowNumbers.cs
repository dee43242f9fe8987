using EnvelopeSdk.Batch.Columns;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>The numbers of rows that follow each other.</summary>
/// <param name="first">That of the first.</param>
internal sealed class RowNumbers(long first) : Vector
{
    public override IReadOnlyList<Vector> Parts => [];

    public override nint Data => 0;

    public override nint Validity => 0;

    public override bool IsNull(int row) => false;

    public override T Read<T>(int row) => (T)(object)(first + row);

    public override Int128 Unscaled(int row) => throw new NotSupportedException();

    public override Guid Uuid(int row) => throw new NotSupportedException();

    public override ReadOnlySpan<byte> Bytes(int row) => throw new NotSupportedException();

    public override (int Start, int Count) Range(int row) => throw new NotSupportedException();
}
