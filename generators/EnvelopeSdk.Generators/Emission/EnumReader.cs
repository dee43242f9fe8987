using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the method that reads an enum.</summary>
internal static class EnumReader
{
    /// <param name="type">The enum.</param>
    /// <param name="input">The parameter that it is read from.</param>
    public static string Method(EnumSpec type, string input) => type switch
    {
        { IsFlags: true, ByName: true } =>
            Flags(type, input, $"unchecked(({type.CSharp})Flags_{type.Name}.Read(ref input))"),
        { IsFlags: true } => Flags(type, input, $"({type.CSharp})input.Read{type.Underlying.Method}()"),
        { ByName: true } => ByName(type, input),
        _ => ByNumber(type, input),
    };

    private static string Flags(EnumSpec type, string input, string read) =>
        $"private static {type.CSharp} Read{type.Name}({input}) => {read};";

    private static string ByName(EnumSpec type, string input)
    {
        var expected = "one of " + type.Values.Commas(value => $"\"{value.JsonName}\"");
        var branches = type.Values.Lines(value =>
            $"if (input.Is({Code.Literal(value.JsonName)}u8)) return {type.CSharp}.@{value.Member};");
        return $$"""
            private static {{type.CSharp}} Read{{type.Name}}({{input}})
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

    private static string ByNumber(EnumSpec type, string input)
    {
        var declared = string.Join(" or ", type.Values.Select(value => $"{type.CSharp}.@{value.Member}"));
        var expected = "one of " + type.Values.Commas(value => value.Number);
        return $$"""
            private static {{type.CSharp}} Read{{type.Name}}({{input}})
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
