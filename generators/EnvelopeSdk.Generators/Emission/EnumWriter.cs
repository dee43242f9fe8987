using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits what writes an enum: as a value, and as a member name of a dictionary.</summary>
internal static class EnumWriter
{
    private const string FlagNames = "global::EnvelopeSdk.Binding.FlagNames";

    public static string Method(EnumSpec type)
    {
        var body = type switch
        {
            { IsFlags: true, ByName: true } =>
                $"output.WriteString(Flags_{type.Name}.Format(unchecked((ulong)value)));",
            { IsFlags: true } => $"output.Write{type.Underlying.Method}({Number(type)});",
            { ByName: true } =>
                $"output.WriteRaw({Switch(type, value => $"{Code.Literal(JsonText.Minimal(value.JsonName))}u8")});",
            _ => $"output.WriteRaw({Switch(type, value => $"{Code.Literal(value.Number)}u8")});",
        };
        return JsonWriterEmitter.Method(type.CSharp, type.Name, body);
    }

    /// <summary>The names that reading and writing combinations of values needs.</summary>
    public static string Flags(EnumSpec type) =>
        $$"""
        private static readonly {{FlagNames}} Flags_{{type.Name}} = new({{Code.Literal(type.Name)}},
        [
            {{type.Values.Lines(value => Flag(type, value)).Indent(4)}}
        ]);
        """;

    /// <summary>The methods for an enum that is the key of a dictionary.</summary>
    public static string Key(EnumSpec type) =>
        $$"""
        private static string Format{{type.Name}}({{type.CSharp}} value) => {{Format(type)}};

        private static bool TryParse{{type.Name}}(string name, out {{type.CSharp}} value)
        {
            (var known, value) = name switch
            {
                {{type.Distinct.Lines(value => Parse(type, value)).Indent(8)}}
                _ => (false, default),
            };
            return known;
        }
        """;

    private static string Flag(EnumSpec type, EnumValueSpec value) =>
        $"({Code.Literal(value.JsonName)}, unchecked((ulong){type.CSharp}.@{value.Member})),";

    private static string Format(EnumSpec type) => Switch(type, value => Code.Literal(value.JsonName));

    private static string Parse(EnumSpec type, EnumValueSpec value) =>
        $"{Code.Literal(value.JsonName)} => (true, {type.CSharp}.@{value.Member}),";

    private static string Number(EnumSpec type) => $"(global::{type.Underlying.Type})value";

    private static string Switch(EnumSpec type, System.Func<EnumValueSpec, string> write) =>
        $$"""
        value switch
        {
            {{type.Distinct.Lines(value => $"{type.CSharp}.@{value.Member} => {write(value)},").Indent(4)}}
            _ => throw {{JsonWriterEmitter.Output}}.UndeclaredValue({{Code.Literal(type.Name)}}),
        }
        """;
}
