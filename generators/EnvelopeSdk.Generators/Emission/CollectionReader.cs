using System;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the methods that read arrays, dictionaries and tensors.</summary>
internal static class CollectionReader
{
    private const string ValueOfKey =
        "global::System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault";

    /// <summary>The method that reads a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isStored">Whether it is a part of state, of which arrays may lie beside the JSON.</param>
    /// <param name="form">How it is read.</param>
    public static string Method(TypeSpec type, bool isStored, ReaderForm form)
    {
        var stored = isStored ? StoredArrayCode.Read(type) : "";
        return type switch
        {
            MapSpec map => Map(map, form),
            TensorSpec tensor => Tensor(tensor, stored, form),
            CollectionSpec numbers when HasShortWay(numbers.Element, form) => Numbers(numbers, stored),
            _ => Collection((CollectionSpec)type, stored),
        };
    }

    /// <summary>Whether there is a way for many of it: numbers that have the one form of JSON.</summary>
    private static bool HasShortWay(TypeSpec type, ReaderForm form) =>
        form.HasShortWays && type is ScalarSpec { Kind.IsNumber: true, Forms: 0, Nullable: false };

    private static string Numbers(CollectionSpec type, string stored)
    {
        var item = type.Element.CSharp;
        var (items, made) = type.Shape.Making is Making.Array or Making.Memory or Making.ArraySegment
            ? ($"input.ReadArray<{item}>()", "items")
            : ($"input.ReadList<{item}>()", CollectionCode.Construct(type.Shape, item));
        return $$"""
            private static {{type.NonNull}} Read{{type.Id}}({{JsonReaderEmitter.Input}})
            {
                {{stored}}var items = {{items}};
                {{Spread(type.Shape, type.Element)}}return {{made}};
            }
            """;
    }

    private static string Collection(CollectionSpec type, string stored) =>
        $$"""
        private static {{type.NonNull}} Read{{type.Id}}({{JsonReaderEmitter.Input}})
        {
            {{stored}}var items = new global::System.Collections.Generic.List<{{type.Element.CSharp}}>();
            if (input.BeginArray())
            {
                var index = -1;
                while (input.NextItem(ref index))
                {
                    items.Add({{JsonReaderEmitter.Read(type.Element)}});
                }
            }

            {{Spread(type.Shape, type.Element)}}return {{CollectionCode.Construct(type.Shape, type.Element.CSharp)}};
        }
        """;

    private static string Spread(CollectionShape shape, TypeSpec key) =>
        CollectionCode.HashComparer(shape, key.CSharp) is { } comparer
            ? $"input.RefuseCrowded(items, {comparer});\n    "
            : "";

    private static string Map(MapSpec type, ReaderForm form)
    {
        var arguments = $"{type.Key.CSharp}, {type.Value.CSharp}";
        var comparer = $"global::EnvelopeSdk.Binding.Collections.Keys.Comparer<{type.Key.CSharp}>()";
        var isDigits = form.HasShortWays && type.Key is ScalarSpec { Kind.IsInteger: true };
        var name = isDigits ? "key" : "name"; // in which a place is told
        return $$"""
            private static {{type.NonNull}} Read{{type.Id}}({{JsonReaderEmitter.Input}})
            {
                var items = new global::System.Collections.Generic.Dictionary<{{arguments}}>({{comparer}});
                if (input.BeginObject())
                {
                    while (input.NextMember())
                    {
                        {{(isDigits ? Digits(type.Key) : Named(type.Key)).Indent(12)}}
                        ref var value = ref {{ValueOfKey}}(items, key, out var isKnown);
                        if (isKnown)
                        {
                            input.RefuseDuplicate({{name}});
                            continue;
                        }

                        input.BeginMember({{name}});
                        value = {{JsonReaderEmitter.Read(type.Value)}};
                        input.EndMember();
                    }
                }

                {{Spread(type.Shape, type.Key)}}return {{CollectionCode.Construct(type.Shape, arguments)}};
            }
            """;
    }

    /// <summary>Keys that are integers are read of the text itself.</summary>
    private static string Digits(TypeSpec type) =>
        $$"""
        if (!input.TryReadKey(out {{type.CSharp}} key))
        {
            input.RefuseKey({{Expected(type)}});
            continue;
        }

        """;

    private static string Named(TypeSpec type) =>
        $$"""
        if (input.ReadMemberName() is not { } name)
        {
            continue;
        }

        {{Key(type)}}
        """;

    /// <summary>What a name should be, in words.</summary>
    private static string Expected(TypeSpec type) => Code.Literal(
        type is ScalarSpec { Kind: var kind }
            ? $"a member name that is {(kind.IsNumber ? "an integer in the range of " + kind.SchemaKind : "a UUID")}"
            : $"a member name that is a value of {type.Id}");

    private static string Key(TypeSpec type)
    {
        if (type is ScalarSpec { Kind.Method: "String" })
        {
            return "var key = name;";
        }

        var read = type is ScalarSpec
            ? "global::EnvelopeSdk.Binding.Reading.JsonInput.TryParseKey(name, out " + type.CSharp + " key)"
            : $"TryParse{type.Id}(name, out var key)";
        return $$"""
            if (!{{read}})
            {
                input.RefuseName(name, {{Expected(type)}});
                continue;
            }

            """;
    }

    private static string Tensor(TensorSpec type, string stored, ReaderForm form)
    {
        var inner = !HasShortWay(type.Element, form) ? 0 : Math.Min(type.Rank, 2); // dimensions that are read at once
        var item = inner switch
        {
            0 => $"items.Add({JsonReaderEmitter.Read(type.Element)});",
            1 => "input.ReadRow(items, 0);",
            _ => $"input.ReadRows(items, {type.Rank - 2});",
        };
        for (var level = type.Rank - inner - 1; level >= 0; level--)
        {
            item = $$"""
                if (input.BeginArray())
                {
                    var length{{level}} = 0;
                    for (var index{{level}} = -1; input.NextItem(ref index{{level}}); length{{level}}++)
                    {
                        {{item.Indent(8)}}
                    }

                    items.EndDimension(ref input, {{level}}, length{{level}});
                }
                """;
        }

        var lengths = Enumerable.Range(0, type.Rank).Commas(level => $"items.Length({level})");
        const string Builder = "global::EnvelopeSdk.Binding.Collections.TensorBuilder";
        return $$"""
            private static {{type.NonNull}} Read{{type.Id}}({{JsonReaderEmitter.Input}})
            {
                {{stored}}var items = new {{Builder}}<{{type.Element.CSharp}}>({{type.Rank}});
                {{item.Indent(4)}}
                if (input.HasErrors)
                {
                    return null!;
                }

                {{TensorCode.Construct(type.Shape, type.Element.CSharp, lengths).Indent(4)}}
            }
            """;
    }
}
