using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the methods that write arrays, dictionaries and tensors.</summary>
internal static class CollectionWriter
{
    /// <summary>The method that writes a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isStored">Whether it is a part of state, of which arrays may lie beside the JSON.</param>
    public static string Method(TypeSpec type, bool isStored)
    {
        var stored = isStored ? StoredArrayCode.Write(type) : "";
        return JsonWriterEmitter.Method(type.NonNull, type.Id, type switch
        {
            MapSpec map => Map(map),
            TensorSpec tensor => Tensor(tensor, stored),
            _ => Collection((CollectionSpec)type, stored),
        });
    }

    private static string Collection(CollectionSpec type, string stored) =>
        $$"""
        {{Refuse(type)}}{{stored}}output.WriteStartArray();
        foreach (var item in {{CollectionCode.Items(type.Shape)}})
        {
            {{JsonWriterEmitter.Write(type.Element, "item")}}
        }

        output.WriteEndArray();
        """;

    private static string Refuse(CollectionSpec type) =>
        CollectionCode.Missing(type.Shape) is { } missing ? JsonWriterEmitter.Refuse(missing, type.Id) : "";

    private static string Map(MapSpec type)
    {
        var key = type.Key switch
        {
            ScalarSpec { Kind.Method: "String" } => "pair.Key",
            ScalarSpec { Kind.IsNumber: true } =>
                "pair.Key.ToString(global::System.Globalization.CultureInfo.InvariantCulture)",
            ScalarSpec => "pair.Key.ToString()",
            _ => $"Format{type.Key.Id}(pair.Key)",
        };
        return $$"""
            {{JsonWriterEmitter.Refuse("value is null", type.Id)}}output.WriteStartObject();
            foreach (var pair in value)
            {
                output.WriteName({{key}});
                {{JsonWriterEmitter.Write(type.Value, "pair.Value")}}
            }

            output.WriteEndObject();
            """;
    }

    private static string Tensor(TensorSpec type, string stored)
    {
        var index = TensorCode.Index(type.Shape);
        var item = JsonWriterEmitter.Write(
            type.Element, $"value[{Enumerable.Range(0, type.Rank).Commas(level => "i" + level)}]");
        for (var level = type.Rank - 1; level >= 0; level--)
        {
            var length = TensorCode.Length(type.Shape, level);
            item = $$"""
                output.WriteStartArray();
                for ({{index}} i{{level}} = 0; i{{level}} < {{length}}; i{{level}}++)
                {
                    {{item.Indent(4)}}
                }

                output.WriteEndArray();
                """;
        }

        var rank = type.Shape.HasRank
            ? ""
            : $"if (value.Rank != {type.Rank}) throw {JsonWriterEmitter.Output}.UnexpectedRank({type.Rank});\n";
        return JsonWriterEmitter.Refuse("value is null", type.Id) + rank + stored + item;
    }
}
