namespace EnvelopeSdk.Tests.Sources;

/// <summary>A mistake, and the nearest code without it. The analyzers report the one, and the generator leaves it out.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Wrong">The mistake; <c>[|</c> and <c>|]</c> stand around what is reported.</param>
/// <param name="Right">The nearest code that must not be reported.</param>
/// <param name="Arguments">What the message names.</param>
public sealed record RuleCase(string Id, string Wrong, string Right, params object[] Arguments)
{
    /// <summary>A call of the example method that has to compile all the same; empty when there can be none.</summary>
    public string Call { get; init; } = "";

    /// <summary>The compiler's errors about the user's own mistake.</summary>
    public IReadOnlyList<string> OwnErrors { get; init; } = [];

    /// <summary>The queries that can be served in spite of it.</summary>
    public IReadOnlyList<string> Served { get; init; } = [];

    public string WrongSource => Wrong.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    public override string ToString() => $"{Id}: {WrongSource.ReplaceLineEndings(" ")}";

    /// <summary>A mistake in a predict method; the declarations stand outside the class.</summary>
    public static RuleCase InMethod(string id, string wrong, string right, string call, string declarations, params object[] arguments) =>
        Declared(id, wrong, right, call, declarations, declarations, arguments);

    /// <summary>A mistake in a declaration outside the class.</summary>
    public static RuleCase Declared(string id, string wrong, string right, string call, string wrongDeclarations, string rightDeclarations, params object[] arguments) =>
        new(id, Class(wrong, wrongDeclarations), Class(right, rightDeclarations), arguments) { Call = call };

    private static string Class(string members, string declarations) =>
        $$"""
        {{declarations}}
        [EnvelopeModel("test")]
        public sealed partial class Model
        {
            {{members}}
        }
        """;
}
