using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the methods that read types from <c>JsonInput</c>.</summary>
internal static class JsonReaderEmitter
{
    public const string Input = "ref global::EnvelopeSdk.Binding.Reading.JsonInput input";

    /// <summary>The methods that reading the types needs.</summary>
    /// <param name="types">The types.</param>
    /// <param name="stored">Those that are parts of state.</param>
    /// <param name="form">How they are read.</param>
    public static string Methods(TypeClosure types, TypeClosure stored, ReaderForm form) =>
        types.Named.Select(type => Named(type, form))
            .Concat(types.Composed.Select(type => CollectionReader.Method(type, stored.Composes(type), form))).Blocks();

    /// <summary>The expression that reads a value.</summary>
    public static string Read(TypeSpec type) =>
        type.Nullable ? $"input.ReadNull() ? default({type.Bound}) : {Present(type)}" : Present(type);

    /// <summary>The expression that reads a value that is not null.</summary>
    public static string Present(TypeSpec type) =>
        type switch
        {
            ScalarSpec { Forms: 0 } scalar => $"input.Read{scalar.Kind.Method}()",
            ScalarSpec scalar =>
                $"input.ReadNumber<{scalar.NonNull}>((global::EnvelopeSdk.Binding.Numbers.NumberForms){scalar.Forms})",
            TableSpec table => $"{table.Slot()}.Read(ref input)",
            _ => $"Read{type.Id}(ref input)",
        };

    private static string Named(NamedTypeSpec type, ReaderForm form) => type switch
    {
        EnumSpec declared => EnumReader.Method(declared, Input),
        UnionSpec union => UnionReader.Method(union),
        _ => ObjectReader.Method((ObjectSpec)type, form),
    };
}
