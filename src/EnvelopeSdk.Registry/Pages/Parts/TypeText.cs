using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Registry.Pages.Parts;

/// <summary>Types in a few words.</summary>
internal static class TypeText
{
    public static string Of(TypeSchema type) => Named(type) + (type.Nullable ? " or null" : "");

    private static string Named(TypeSchema type) => type.Kind switch
    {
        TypeKind.Ref => type.Ref!,
        TypeKind.Array => $"list of {Of(type.Items!)}",
        TypeKind.Map => $"map to {Of(type.Items!)}",
        TypeKind.Tensor => $"tensor of {Of(type.Items!)}",
        TypeKind.Table => $"table of {type.Columns?.Count ?? 0} columns",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
