using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the method that reads an enum.</summary>
internal static class EnumReader
{
    public static string Method(EnumSpec type) => type switch
    {
        { IsFlags: true, ByName: true } => Flags(type, $"unchecked(({type.CSharp})Flags_{type.Name}.Read(ref input))"),
        { IsFlags: true } => Flags(type, $"({type.CSharp})input.Read{type.Underlying.Method}()"),
        { ByName: true } => ByName(type),
        _ => ByNumber(type),
    };

    private static string Flags(EnumSpec type, string read) =>
        $"private static {type.CSharp} Read{type.Name}({JsonReaderEmitter.Input}) => {read};";

    private static string ByName(EnumSpec type)
    {
        var expected = "one of " + type.Values.Commas(value => $"\"{value.JsonName}\"");
        var branches = type.Values.Lines(value =>
            $"if (input.Is({Code.Literal(value.JsonName)}u8)) return {type.CSharp}.@{value.Member};");
        return $$"""
            private static {{type.CSharp}} Read{{type.Name}}({{JsonReaderEmitter.Input}})
            {
                const string Expected = {{Code.Literal(expected)}};
                if (!input.ReadName(Expected))
                {
                    return default;
                }

                {{branches.Indent(4)}}
                return input.UnknownValue<{{type.CSharp}}>(Expected, "another string");
            }
            """;
    }

    private static string ByNumber(EnumSpec type)
    {
        var declared = string.Join(" or ", type.Values.Select(value => $"{type.CSharp}.@{value.Member}"));
        var expected = "one of " + type.Values.Commas(value => value.Number);
        return $$"""
            private static {{type.CSharp}} Read{{type.Name}}({{JsonReaderEmitter.Input}})
            {
                var errors = input.ErrorCount;
                var value = ({{type.CSharp}})input.Read{{type.Underlying.Method}}();
                return input.ErrorCount > errors || value is {{declared}}
                    ? value
                    : input.UnknownValue<{{type.CSharp}}>({{Code.Literal(expected)}}, "another number");
            }
            """;
    }
}
