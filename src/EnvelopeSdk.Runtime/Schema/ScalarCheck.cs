using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Schema;

/// <summary>Says whether a JSON text is a value of a scalar kind, by reading it as a service does.</summary>
internal static class ScalarCheck
{
    public static bool IsValue(string json, TypeKind kind, NumberForms forms = default)
    {
        var errors = new BindingErrors();
        JsonInput.Read(Encoding.UTF8.GetBytes(json), errors, (ref JsonInput input) => Read(ref input, kind, forms));
        return errors.Count == 0;
    }

    private static object Read(ref JsonInput input, TypeKind kind, NumberForms forms) => kind switch
    {
        TypeKind.Boolean => input.ReadBoolean(),
        TypeKind.Int8 => input.ReadNumber<sbyte>(forms),
        TypeKind.UInt8 => input.ReadNumber<byte>(forms),
        TypeKind.Int16 => input.ReadNumber<short>(forms),
        TypeKind.UInt16 => input.ReadNumber<ushort>(forms),
        TypeKind.Int32 => input.ReadNumber<int>(forms),
        TypeKind.UInt32 => input.ReadNumber<uint>(forms),
        TypeKind.Int64 => input.ReadNumber<long>(forms),
        TypeKind.UInt64 => input.ReadNumber<ulong>(forms),
        TypeKind.Int128 => input.ReadNumber<Int128>(forms),
        TypeKind.UInt128 => input.ReadNumber<UInt128>(forms),
        TypeKind.Half => input.ReadNumber<Half>(forms),
        TypeKind.Float => input.ReadNumber<float>(forms),
        TypeKind.Double => input.ReadNumber<double>(forms),
        TypeKind.Decimal => input.ReadNumber<decimal>(forms),
        TypeKind.String => input.ReadString(),
        TypeKind.Char => input.ReadChar(),
        TypeKind.Uuid => input.ReadGuid(),
        TypeKind.Uri => input.ReadUri(),
        TypeKind.Version => input.ReadVersion(),
        TypeKind.DateTime => input.ReadDateTime(),
        TypeKind.DateTimeOffset => input.ReadDateTimeOffset(),
        TypeKind.Date => input.ReadDateOnly(),
        TypeKind.Time => input.ReadTimeOnly(),
        TypeKind.Duration => input.ReadTimeSpan(),
        TypeKind.Bytes => input.ReadBytes(),
        TypeKind.Value => input.ReadJsonNode(),
        TypeKind.Primitive => input.ReadJsonValue(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
