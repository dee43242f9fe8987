using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the method that reads an object of one of several types.</summary>
internal static class UnionReader
{
    public static string Method(UnionSpec type)
    {
        var tags = type.Cases.Select(one => one.Tag).OfType<string>().ToList();
        var untagged = type.Cases.FirstOrDefault(one => one.Tag is null);
        var missing = untagged is null
            ? $"input.MissingDiscriminator<{type.CSharp}>({Code.Literal(type.Discriminator)}, Expected)"
            : $"Read{untagged.Type}(ref input)";
        var branches = type.Cases.Where(one => one.Tag is not null)
            .Lines(one => $"if ({Test(one.Tag!)}) return Read{one.Type}(ref input);");
        return $$"""
            private static {{type.CSharp}} Read{{type.Name}}({{JsonReaderEmitter.Input}})
            {
                const string Expected = {{Code.Literal("one of " + string.Join(", ", tags))}};
                if (!input.ReadDiscriminator({{Code.Literal(type.Discriminator)}}u8, out var text, out var number))
                {
                    return {{missing}};
                }

                {{branches.Indent(4)}}
                return input.UnknownDiscriminator<{{type.CSharp}}>({{Code.Literal(type.Discriminator)}}, Expected);
            }
            """;
    }

    private static string Test(string tag) => tag[0] == '"' ? $"text == {tag}" : $"number == {tag}";
}
