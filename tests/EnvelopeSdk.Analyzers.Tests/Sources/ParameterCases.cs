namespace EnvelopeSdk.Tests.Sources;

/// <summary>Parameters of predict methods that cannot be served, whatever the type is declared as.</summary>
internal static class ParameterCases
{
    private static readonly string[] Modifiers = ["ref", "in", "out", "ref readonly"];

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        RuleCase.InMethod(
            "ENV0022", "[Predict] public unsafe int Predict(int* [|p|]) => *p;", "[Predict] public unsafe int Predict(int p) => p;",
            "model.PredictExample(&x)", "", "parameter 'p'", "int*", Reasons.Address),
        RuleCase.InMethod(
            "ENV0007", "[Predict] public int Predict(object [|x|], int y = 1, params int[] z) => y;", "[Predict] public int Predict(int x, int y = 1, params int[] z) => y;",
            "model.PredictExample(1)", "", "parameter 'x'", "object", Reasons.Anything),
        RuleCase.InMethod(
            "ENV0006", "[Predict] public int Predict(R [|r|]) => 1; private record R(int X);", "[Predict] public int Predict(R r) => 1; public record R(int X);",
            "", "", "parameter 'r'", "R", "R is not public, so a service cannot use it") with { OwnErrors = ["CS0051"] },

        RuleCase.InMethod(
            "ENV0006", "[Predict] public int Predict(System.Threading.CancellationToken a, System.Threading.CancellationToken [|b|]) => 1;", "[Predict] public int Predict(System.Threading.CancellationToken a) => 1;",
            "model.PredictExample(default, default)", "", "parameter 'b'", "CancellationToken", "the method has one already, and all are cancelled at once; leave it out"),
        RuleCase.InMethod(
            "ENV0020", "[Predict] public int Predict([System.ComponentModel.DataAnnotations.Required] string? [|x|]) => 1;", "[Predict] public int Predict([System.ComponentModel.DataAnnotations.Required] string x) => 1;",
            "model.PredictExample(null)", "", "parameter 'x'", "string?", Reasons.Unsaid("Required", "x", "string?", "leave the '?' out, or the attribute")),
        .. Patterns(),
        RuleCase.InMethod(
            "ENV0020", "[Predict] public int Predict([System.ComponentModel.DataAnnotations.AllowedValues(\"a\", \"\\ud800\")] string [|x|]) => 1;", "[Predict] public int Predict([System.ComponentModel.DataAnnotations.AllowedValues(\"a\", \"\\ud83d\\ude00\")] string x) => 1;",
            "model.PredictExample(\"a\")", "", "parameter 'x'", "string", "[AllowedValues] of 'x' names half of a surrogate pair, which JSON cannot carry; leave it out"),

        .. Contradictions(),

        // B contains the refused A: what is known of B must not outlive A.
        RuleCase.InMethod(
            "ENV0007", "[Predict] public int First(A [|a|]) => 1; [Predict] public int Second(C c) => 1;", "[Predict] public int Second(C c) => 1;",
            "model.FirstExample(null!)", "public record A(B? B, object Bad); public record B(A? A); public record C(int X);",
            "parameter 'a'", "A", $"of its member 'Bad' of type object: {Reasons.Anything}") with { Served = ["second"] },
        .. ByReference(),
    ];

    private static IEnumerable<RuleCase> ByReference() => Modifiers.Select(modifier =>
        RuleCase.InMethod(
            "ENV0008", $"[Predict] public int Predict({modifier} int [|x|]) {{ {(modifier == "out" ? "x = 1;" : "")} return 1; }}", "[Predict] public int Predict(int x) => x;",
            modifier == "out" ? "model.PredictExample(out _)" : $"model.PredictExample({modifier.Split(' ')[0]} x)", "", "x", modifier));

    private static IEnumerable<RuleCase> Patterns() =>
    [
        Pattern("(", "()", "is no regular expression of .NET; correct it"),
        Pattern("a)|(b", "(a)|(b)", "is no regular expression of .NET; correct it"),
        Pattern("\\ud800", "\\ud83d\\ude00", "has half of a surrogate pair, which JSON cannot carry; leave it out"),
        .. new[] { ("(?x) a # c", "a", "the group '(?x'"), ("(?i)a", "[aA]", "the group '(?i'"), ("(?i:a)", "(?:a)", "the group '(?i'"), ("(?>a)", "(?:a)", "the group '(?>'"), ("(?(a)b)", "(?=a)b", "the group '(?('"), ("(?'n'a)", "(?<n>a)", "the group '(?''"), ("(?<n>a)(?<-n>b)", "(?<n>a)(?<m>b)", "the group '(?<-'") }
            .Select(one => Pattern(one.Item1, one.Item2, Unread(one.Item3))),
        .. new[] { ("\\Aa", "^a", "'\\A'"), ("a\\z", "a$", "'\\z'"), ("a\\Z", "a$", "'\\Z'"), ("\\Ga", "a", "'\\G'"), ("\\a", "\\x07", "'\\a'"), ("(?<n>a)\\k'n'", "(?<n>a)\\k<n>", "'\\k'"), ("(?<n>a)(b)\\1", "(a)(b)\\1", "a number for a group beside names for others"), ("[\\W]", "\\W", "'\\W' in a class"), ("\\p{IsGreek}", "\\p{Lu}", "'\\p'") }
            .Select(one => Pattern(one.Item1.Replace("\\", "\\\\", StringComparison.Ordinal), one.Item2.Replace("\\", "\\\\", StringComparison.Ordinal), Unread(one.Item3))),
        Pattern("[a-z-[e]]", "[a-df-z]", Unread("a class that is taken off another")),
        Pattern("[\\ud83d\\ude00]", "\\ud83d\\ude00", Unread("a character beyond U+FFFF in a class")),
        Pattern("[]a]", "[a]", Unread("a ']' that is not escaped in a class")),
    ];

    /// <summary>Bounds that no value is between, and default values that no caller could send.</summary>
    private static IEnumerable<RuleCase> Contradictions() =>
    [
        Contradiction("int", "Range(5, 1)", "Range(1, 5)", NoValue("a number of at least 5", "a number of at most 1")),
        Contradiction("double", "Range(0.1, 0.1, MaximumIsExclusive = true)", "Range(0.1, 0.1)", NoValue("a number of at least 0.1", "a number of less than 0.1")),
        Contradiction("double", "Range(0.1, 0.1, MinimumIsExclusive = true)", "Range(0.1, 0.2, MinimumIsExclusive = true)", NoValue("a number of more than 0.1", "a number of at most 0.1")),
        Contradiction("double", "Range(1e300, 1e299)", "Range(1e299, 1e300)", NoValue("a number of at least 1E+300", "a number of at most 1E+299")),
        Contradiction("string", "MinLength(3) & MaxLength(2)", "MinLength(2) & MaxLength(2)", NoValue("at least 3 characters", "at most 2 characters")),
        Contradiction("int[]", "Length(3, 4) & MaxLength(2)", "Length(2, 4) & MaxLength(2)", NoValue("at least 3 items", "at most 2 items")),
        Default("int x = 0", "Range(1, 5)", "Range(0, 5)", "Range", "0"),
        Default("int x = 9", "Range(1, 5)", "Range(1, 9)", "Range", "9"),
        Default("float x = 0.1f", "Range(0.1, 1, MinimumIsExclusive = true)", "Range(0.1, 1)", "Range", "0.1"),
        Default("int x = 1", "Range(1, 5, MinimumIsExclusive = true)", "Range(0, 5, MinimumIsExclusive = true)", "Range", "1"),
        Default("int x = 5", "Range(1, 5, MaximumIsExclusive = true)", "Range(1, 6, MaximumIsExclusive = true)", "Range", "5"),
        Default("decimal? x = 1", "Range(0, 1, MaximumIsExclusive = true)", "Range(0, 1)", "Range", "1"),
        Default("string x = \"\"", "MinLength(1)", "MinLength(0)", "MinLength", "\"\""),
        Default("string x = \"😀a\"", "StringLength(1)", "StringLength(2)", "StringLength", "\"😀a\""),
        Default("string x = \"ab\"", "RegularExpression(\"[A-Z]{2}\")", "RegularExpression(\"[A-Z]{2}|ab\")", "RegularExpression", "\"ab\""),
        Default("string x = \" \"", "Required", "MaxLength(1)", "Required", "\" \""),
        Default("string x = \"none\"", "EmailAddress", "DeniedValues(\"some\")", "EmailAddress", "\"none\""),
        Default("float x = 3.1415927f", "Range(0, 3.14)", "Range(0, Math.PI)", "Range", "3.1415927"),
        Default("double x = 1e-30", "Range(0, 1e-31)", "Range(0, 1, MinimumIsExclusive = true)", "Range", "1E-30"),
        Default("float x = 0.33333334f", "AllowedValues(0.3)", "AllowedValues(1.0 / 3)", "AllowedValues", "0.33333334"),
        Default("Half x = default", "Range(1, 5)", "Range(0, 5)", "Range", "0"),
        Default("ReadOnlyMemory<double> x = default", "MinLength(1)", "MaxLength(1)", "MinLength", "[]"),
        Default("int x = 2", "AllowedValues(1)", "AllowedValues(1, 2)", "AllowedValues", "2"),
        Default("decimal x = 2.0m", "AllowedValues(1)", "AllowedValues(2)", "AllowedValues", "2.0"),
        Default("float x = 0.1f", "DeniedValues(0.1)", "DeniedValues(0.2)", "DeniedValues", "0.1"),
        Default("bool x = true", "AllowedValues(false)", "AllowedValues(true)", "AllowedValues", "true"),
        Default("string x = \"a\"", "AllowedValues(\"b\")", "AllowedValues(\"a\")", "AllowedValues", "\"a\""),
        Default("double x = double.NaN", "DeniedValues(2) & AllowedValues(1)", "DeniedValues(2)", "AllowedValues", "NaN"),
        Default("double x = 2", "DeniedValues(2)", "DeniedValues(1)", "DeniedValues", "2"),
        Default("int? x = 1", "AllowedValues(2, null)", "AllowedValues(1, null)", "AllowedValues", "1"),
    ];

    private static string NoValue(string lower, string upper) => $"'x' can have no value: it would be {lower} and {upper}; change one of the bounds";

    private static RuleCase Contradiction(string type, string wrong, string right, string reason) => Annotated($"{type} x", wrong, right, type is "int" or "double" or "float" ? "1" : "null!", reason);

    private static RuleCase Default(string parameter, string wrong, string right, string attribute, string value) => Annotated(
        parameter, wrong, right, "", $"[{attribute}] of 'x' does not allow its default value {value}, so no caller could send what an absent member means; change one of the two");

    private static RuleCase Annotated(string parameter, string wrong, string right, string argument, string reason) => RuleCase.InMethod(
        "ENV0020", $"[Predict] public int Predict({With(wrong)}{parameter.Replace(" x", " [|x|]", StringComparison.Ordinal)}) => 1;", $"[Predict] public int Predict({With(right)}{parameter}) => 1;",
        $"model.PredictExample({argument})", "", "parameter 'x'", parameter.Split(' ')[0], reason);

    private static string With(string attributes) => string.Concat(attributes.Split(" & ").Select(one => $"[System.ComponentModel.DataAnnotations.{one}] "));

    private static string Unread(string part) => $"has {part}, which the patterns of JSON Schema do not have or read otherwise; write it without";

    private static RuleCase Pattern(string wrong, string right, string reason) => RuleCase.InMethod(
        "ENV0020", $"[Predict] public int Predict([System.ComponentModel.DataAnnotations.RegularExpression(\"{wrong}\")] string [|x|]) => 1;", $"[Predict] public int Predict([System.ComponentModel.DataAnnotations.RegularExpression(\"{right}\")] string x) => 1;",
        "model.PredictExample(\"a\")", "", "parameter 'x'", "string", $"the pattern of 'x' {reason}");
}
