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
        _ => input.ReadNumber(kind, forms),
    };
}
