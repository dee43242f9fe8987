using System.Globalization;
using System.Text.Json;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Answers;

/// <summary>
/// The columns of answers. What no type of a column has as it is (integers of 128 bits, decimals, times, maps, unions)
/// is a string: the JSON that the service answers, without its quotes.
/// </summary>
/// <param name="model">The schema.</param>
/// <param name="isSigned">
/// Whether integers without a sign are those with one that hold them all, for engines that have no others.
/// </param>
internal sealed class AnswerTypes(ModelSchema model, bool isSigned = false)
{
    /// <summary>How deep types that hold themselves become structures; below that they are JSON.</summary>
    private const int Deepest = 8;

    private static readonly int FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The columns of the answers of a query, with their names.</summary>
    /// <param name="query">The query.</param>
    /// <param name="scalar">The name of the column of an answer that has no members.</param>
    /// <param name="isObject">Whether the columns are the members of an object.</param>
    public IReadOnlyList<(string Name, AnswerColumn Values)> Of(QuerySchema query, string scalar, out bool isObject)
    {
        // Of a table that is taken each row is answered: an array has one item for each.
        var takesTable = query.Parameters.Any(one => one.Type.Kind == TypeKind.Table);
        var type = takesTable && query.Returns.Kind == TypeKind.Array ? query.Returns.Items! : query.Returns;
        var members = query.Stream ? null : Members(type);
        isObject = members is not null;
        return isObject
            ? [.. members!.Select(member => (member.Name, Of(member.Type, 1)))]
            : [(scalar, query.Stream ? new ListAnswer(Of(type, 1)) : Of(type, 0))];
    }

    private IReadOnlyList<MemberSchema>? Members(TypeSchema type) =>
        type.Kind == TypeKind.Table ? type.Columns
        : type.Kind == TypeKind.Ref
        && model.TypeOf(type.Ref!) is { Open: false, Members: { Count: > 0 } members } ? members : null;

    private AnswerColumn Of(TypeSchema type, int depth) =>
        depth > Deepest ? BytesAnswer.Json()
        : type.NumberHandling != NumberForms.None ? BytesAnswer.Unquoted()
        : (isSigned ? Signed(type.Kind) : null) ?? Number(type.Kind) ?? type.Kind switch
        {
            TypeKind.Boolean => new FixedAnswer<bool>(
                ColumnKind.Boolean, "BOOLEAN", (ref Utf8JsonReader value) => value.GetBoolean()),
            TypeKind.Date => new FixedAnswer<int>(ColumnKind.Date, "DATE", (ref Utf8JsonReader value) =>
                DateOnly.FromDateTime(value.GetDateTime()).DayNumber - FirstDay),
            TypeKind.Bytes => BytesAnswer.Blob(),
            TypeKind.Array => new ListAnswer(Of(type.Items!, depth + 1)),
            TypeKind.Tensor => Tensor(type, type.Rank, depth),
            TypeKind.Ref => Named(type, depth),
            _ => Kinds.IsText(type.Kind) ? BytesAnswer.Text() : BytesAnswer.Json(),
        };

    private static AnswerColumn? Signed(TypeKind kind) => kind switch
    {
        TypeKind.UInt8 => Number(TypeKind.Int16),
        TypeKind.UInt16 => Number(TypeKind.Int32),
        TypeKind.UInt32 => Number(TypeKind.Int64),
        TypeKind.UInt64 => new FixedAnswer<Int128>(
            new(ColumnKind.Decimal, "DECIMAL(20,0)") { Width = 20 },
            (ref Utf8JsonReader value) => value.GetUInt64()),
        _ => null,
    };

    private static AnswerColumn? Number(TypeKind kind) => kind switch
    {
        TypeKind.Int8 => new FixedAnswer<sbyte>(
            ColumnKind.Int8, "TINYINT", (ref Utf8JsonReader value) => value.GetSByte()),
        TypeKind.UInt8 => new FixedAnswer<byte>(
            ColumnKind.UInt8, "UTINYINT", (ref Utf8JsonReader value) => value.GetByte()),
        TypeKind.Int16 => new FixedAnswer<short>(
            ColumnKind.Int16, "SMALLINT", (ref Utf8JsonReader value) => value.GetInt16()),
        TypeKind.UInt16 => new FixedAnswer<ushort>(
            ColumnKind.UInt16, "USMALLINT", (ref Utf8JsonReader value) => value.GetUInt16()),
        TypeKind.Int32 => new FixedAnswer<int>(
            ColumnKind.Int32, "INTEGER", (ref Utf8JsonReader value) => value.GetInt32()),
        TypeKind.UInt32 => new FixedAnswer<uint>(
            ColumnKind.UInt32, "UINTEGER", (ref Utf8JsonReader value) => value.GetUInt32()),
        TypeKind.Int64 => new FixedAnswer<long>(
            ColumnKind.Int64, "BIGINT", (ref Utf8JsonReader value) => value.GetInt64()),
        TypeKind.UInt64 => new FixedAnswer<ulong>(
            ColumnKind.UInt64, "UBIGINT", (ref Utf8JsonReader value) => value.GetUInt64()),
        TypeKind.Half => new FixedAnswer<float>( // the text of a number in 16 bits is that of another one in 32
            ColumnKind.Float, "FLOAT", (ref Utf8JsonReader value) =>
                (float)Half.Parse(value.ValueSpan, CultureInfo.InvariantCulture)),
        TypeKind.Float => new FixedAnswer<float>(
            ColumnKind.Float, "FLOAT", (ref Utf8JsonReader value) => value.GetSingle()),
        TypeKind.Double => new FixedAnswer<double>(
            ColumnKind.Double, "DOUBLE", (ref Utf8JsonReader value) => value.GetDouble()),
        _ => null,
    };

    private ListAnswer Tensor(TypeSchema type, int rank, int depth) =>
        new(rank == 1 ? Of(type.Items!, depth + 1) : Tensor(type, rank - 1, depth + 1));

    private AnswerColumn Named(TypeSchema type, int depth)
    {
        if (Members(type) is { } members)
        {
            return new StructAnswer([.. members.Select(member => (member.Name, Of(member.Type, depth + 1)))]);
        }

        var named = model.TypeOf(type.Ref!);
        return named.Values switch
        {
            [{ ValueKind: JsonValueKind.String }, ..] => BytesAnswer.Text(),
            [{ ValueKind: JsonValueKind.Number }, ..] numbers when named.Flags != TypeKind.UInt64
                && numbers.All(one => one.TryGetInt64(out _)) => Number(TypeKind.Int64)!,
            _ => BytesAnswer.Json(),
        };
    }
}
