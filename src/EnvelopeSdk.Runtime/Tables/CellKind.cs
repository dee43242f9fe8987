using System.Text.Json;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tables;

/// <summary>
/// The types that the cells of tables have, and how JSON has them: as it has parameters of these types.
/// </summary>
internal abstract class CellKind(TypeKind kind, Type type)
{
    private static readonly CellKind[] All =
    [
        new CellKind<bool>(
            TypeKind.Boolean,
            static (ref input) => input.ReadBoolean(),
            static (output, value) => output.WriteBoolean(value)),
        new CellKind<sbyte>(
            TypeKind.Int8, static (ref input) => input.ReadSByte(), static (output, value) => output.WriteSByte(value)),
        new CellKind<byte>(
            TypeKind.UInt8, static (ref input) => input.ReadByte(), static (output, value) => output.WriteByte(value)),
        new CellKind<short>(
            TypeKind.Int16,
            static (ref input) => input.ReadInt16(),
            static (output, value) => output.WriteInt16(value)),
        new CellKind<ushort>(
            TypeKind.UInt16,
            static (ref input) => input.ReadUInt16(),
            static (output, value) => output.WriteUInt16(value)),
        new CellKind<int>(
            TypeKind.Int32,
            static (ref input) => input.ReadInt32(),
            static (output, value) => output.WriteInt32(value)),
        new CellKind<uint>(
            TypeKind.UInt32,
            static (ref input) => input.ReadUInt32(),
            static (output, value) => output.WriteUInt32(value)),
        new CellKind<long>(
            TypeKind.Int64,
            static (ref input) => input.ReadInt64(),
            static (output, value) => output.WriteInt64(value)),
        new CellKind<ulong>(
            TypeKind.UInt64,
            static (ref input) => input.ReadUInt64(),
            static (output, value) => output.WriteUInt64(value)),
        new CellKind<float>(
            TypeKind.Float,
            static (ref input) => input.ReadSingle(),
            static (output, value) => output.WriteSingle(value)),
        new CellKind<double>(
            TypeKind.Double,
            static (ref input) => input.ReadDouble(),
            static (output, value) => output.WriteDouble(value)),
        new CellKind<decimal>(
            TypeKind.Decimal,
            static (ref input) => input.ReadDecimal(),
            static (output, value) => output.WriteDecimal(value)),
        new CellKind<char>(
            TypeKind.Char, static (ref input) => input.ReadChar(), static (output, value) => output.WriteChar(value)),
        new CellKind<string>(
            TypeKind.String,
            static (ref input) => input.ReadString(),
            static (output, value) => output.WriteString(value)),
        new CellKind<DateTime>(
            TypeKind.DateTime,
            static (ref input) => input.ReadDateTime(),
            static (output, value) => output.WriteDateTime(value)),
        new CellKind<DateTimeOffset>(
            TypeKind.DateTimeOffset,
            static (ref input) => input.ReadDateTimeOffset(),
            static (output, value) => output.WriteDateTimeOffset(value)),
        new CellKind<TimeSpan>(
            TypeKind.Duration,
            static (ref input) => input.ReadTimeSpan(),
            static (output, value) => output.WriteTimeSpan(value)),
    ];

    private static readonly Dictionary<TypeKind, CellKind> ByKind = All.ToDictionary(one => one.Kind);
    private static readonly Dictionary<Type, CellKind> ByType = All.ToDictionary(one => one.Type);

    /// <summary>The name of the type in schemas.</summary>
    public TypeKind Kind => kind;

    private Type Type => type;

    /// <exception cref="EnvelopeException">No cell has the kind: the schema was made by a newer version.</exception>
    public static CellKind Of(TypeKind kind) => ByKind.TryGetValue(kind, out var known)
        ? known
        : throw new EnvelopeException(
            EnvelopeError.Damaged,
            $"The envelope's schema has a column of the kind {kind}, which columns do not have. Save the model again.");

    /// <exception cref="NotSupportedException">No cell has the type.</exception>
    public static CellKind<T> Of<T>()
        where T : notnull => ByType.TryGetValue(typeof(T), out var known)
        ? (CellKind<T>)known
        : throw new NotSupportedException($"A column of a table cannot hold {typeof(T)}.");

    /// <summary>What reads and checks a column of that kind.</summary>
    public abstract ColumnBinding Bind(MemberSchema column);
}

/// <summary>One of the types.</summary>
/// <param name="kind">Its name in schemas.</param>
/// <param name="read">Reads a value.</param>
/// <param name="write">Writes a value.</param>
internal sealed class CellKind<T>(TypeKind kind, JsonRead<T> read, Action<JsonOutput, T> write)
    : CellKind(kind, typeof(T))
    where T : notnull
{
    public JsonRead<T> Read => read;

    public Action<JsonOutput, T> Write => write;

    public override ColumnBinding Bind(MemberSchema column) => new ColumnBinding<T>(column, this);

    public JsonElement ToJson(T value) => PredictionExample.Write(output => write(output, value));

    public T FromJson(JsonElement value) =>
        JsonInput.Read(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()), new BindingErrors(), read)!;
}
