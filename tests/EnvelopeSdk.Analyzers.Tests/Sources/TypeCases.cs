namespace EnvelopeSdk.Tests.Sources;

/// <summary>Types that cannot be served, and the nearest one that can.</summary>
internal static class TypeCases
{
    private const string Ranked = "[TensorRank(2)] System.Numerics.Tensors.Tensor<int>";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Type("ENV0006", "Exception", "string", "null!", Reasons.Unknown),
        Type("ENV0006", "System.Text.StringBuilder", "string", "null!", Reasons.Unknown, "StringBuilder"),
        Type("ENV0006", "System.Globalization.CultureInfo?", "string?", "null!", Reasons.Unknown, "CultureInfo?"),
        Type("ENV0006", "IAsyncEnumerable<int>", "List<int>", "null!", Reasons.OnlyWhole),
        Type("ENV0006", "Stack<int>", "Queue<int>", "null!", Reasons.Reversed),
        Type("ENV0006", "System.Collections.Immutable.ImmutableStack<int>", "System.Collections.Immutable.ImmutableQueue<int>", "null!", Reasons.Reversed, "ImmutableStack<int>"),
        Type("ENV0006", "System.Collections.Immutable.IImmutableStack<int>", "System.Collections.Immutable.IImmutableQueue<int>", "null!", Reasons.Reversed, "IImmutableStack<int>"),
        Type("ENV0006", "System.Collections.Immutable.ImmutableArray<int>.Builder", "System.Collections.Immutable.ImmutableArray<int>", "null!", Reasons.Unknown, "Builder"),
        Type("ENV0006", "System.Collections.Concurrent.ConcurrentStack<int>", "System.Collections.Concurrent.ConcurrentQueue<int>", "null!", Reasons.Reversed, "ConcurrentStack<int>"),
        Type("ENV0006", "PriorityQueue<int, int>", "Queue<int>", "null!", Reasons.Unknown),
        Type("ENV0006", "Tuple<int, int>", "KeyValuePair<int, int>", "null!", Reasons.Unknown),
        Type("ENV0006", "System.Numerics.Tensors.Tensor<int>", "int[,]", "null!", Reasons.NoRank, "Tensor<int>"),
        Type("ENV0006", "[TensorRank(0)] System.Numerics.Tensors.Tensor<int>", Ranked, "null!", Reasons.NoRank, "Tensor<int>"),
        Type("ENV0006", "[TensorRank(33)] System.Numerics.Tensors.Tensor<int>", Ranked, "null!", Reasons.NoRank, "Tensor<int>"),
        Type("ENV0006", "[TensorRank(2)] System.Numerics.Tensors.Tensor<int?>", Ranked, "null!", "its items of type int? are not numbers or bool; use an array such as T[,]", "Tensor<int?>"),
        Type("ENV0006", "[TensorRank(2)] System.Numerics.Tensors.Tensor<string>", Ranked, "null!", "its items of type string are not numbers or bool; use an array such as T[,]", "Tensor<string>"),
        Type("ENV0022", "System.Numerics.Tensors.TensorSpan<int>", Ranked, "default", Reasons.Address, "TensorSpan<int>"),
        Type("ENV0022", "System.Numerics.Tensors.ReadOnlyTensorSpan<int>", Ranked, "default", Reasons.Address, "ReadOnlyTensorSpan<int>"),
        Type("ENV0007", "KeyValuePair<string, object>", "KeyValuePair<string, JsonElement>", "default", $"of its member 'Value' of type object: {Reasons.Anything}"),
        Type("ENV0006", "Undefined", "int", "default", "it is not defined") with { OwnErrors = ["CS0246"] },
        Type("ENV0007", "object", "JsonElement", "1", Reasons.Anything),
        Type("ENV0007", "dynamic", "JsonElement", "1", Reasons.Anything),
        Type("ENV0007", "object[,]", "int[,]", "new object[1, 1]", $"of its items of type object: {Reasons.Anything}"),
        Type("ENV0007", "List<object>", "List<JsonElement>", "[]", $"of its items of type object: {Reasons.Anything}"),
        Type("ENV0007", "Dictionary<string, object>", "Dictionary<string, JsonElement>", "[]", $"of its values of type object: {Reasons.Anything}"),
        Type("ENV0007", "(object A, int B)", "(JsonElement A, int B)", "(1, 2)", $"of its element 'A' of type object: {Reasons.Anything}"),
        Type("ENV0007", "System.Collections.IList", "IList<int>", "null!", Reasons.AnyItems, "IList"),
        Type("ENV0007", "System.Collections.ArrayList", "List<int>", "[]", Reasons.AnyItems, "ArrayList"),
        Type("ENV0007", "IComparable", "int", "1", "IComparable is an interface, so it could be anything; use a record of what it holds"),
        Type("ENV0017", "(int, int)", "(int A, int B)", "(1, 2)", Reasons.Unnamed),
        Type("ENV0017", "(int A, int)", "(int A, int B)", "(1, 2)", Reasons.Unnamed),
        Type("ENV0017", "List<(int, int)>", "List<(int A, int B)>", "[]", $"of its items of type (int, int): {Reasons.Unnamed}"),
        Type("ENV0022", "Span<int>", "int[]", "default", Reasons.Address),
        Type("ENV0022", "nint", "long", "default", Reasons.Address),
        Type("ENV0022", "TypedReference", "int", "default", Reasons.Address),
        Type("ENV0022", "Action", "string", "() => { }", Reasons.Code),
        Type("ENV0022", "Delegate", "string", "null!", Reasons.Code),
        Type("ENV0022", "Type", "string", "null!", Reasons.Code),
        Type("ENV0022", "System.Reflection.MethodInfo", "string", "null!", Reasons.Code, "MethodInfo"),
        Type("ENV0022", "System.Linq.Expressions.Expression<Func<int>>", "int", "null!", Reasons.Code, "Expression<Func<int>>"),
        Type("ENV0022", "System.Threading.Tasks.Task<int>", "int", "null!", Reasons.Work, "Task<int>"),
        Type("ENV0022", "System.Threading.CancellationToken?", "System.Threading.CancellationToken", "default", Reasons.Work, "CancellationToken?"),
        Type("ENV0022", "System.IO.Stream", "byte[]", "null!", Reasons.Resource, "Stream"),
        Type("ENV0022", "System.Net.Http.HttpClient", "Uri", "null!", Reasons.Resource, "HttpClient"),
        Type("ENV0022", "IAsyncDisposable", "byte[]", "null!", Reasons.Resource),
        Type("ENV0023", "Dictionary<double, int>", "Dictionary<long, int>", "[]", Reasons.NoKey("double")),
        Type("ENV0023", "Dictionary<int?, int>", "Dictionary<int, int>", "[]", Reasons.NoKey("int?")) with { OwnErrors = ["CS8714"] },
        Type("ENV0006", "SortedSet<Uri>", "SortedSet<string>", "[]", Reasons.Unsorted("Uri")),
        Type("ENV0006", "SortedSet<byte[]>", "List<byte[]>", "[]", Reasons.Unsorted("byte[]")),
        Type("ENV0006", "System.Collections.Immutable.ImmutableSortedSet<(int A, Uri B)>", "System.Collections.Immutable.ImmutableSortedSet<(int A, string? B)>", "[]", Reasons.Unsorted("(int A, Uri B)"), "ImmutableSortedSet<(int A, Uri B)>"),
    ];

    private static RuleCase Type(string id, string wrong, string right, string value, string reason, string? readable = null) => RuleCase.InMethod(
        id, $"[Predict] public int Predict({wrong} [|x|]) => 1;", $"[Predict] public int Predict({right.Replace("JsonElement", "System.Text.Json.JsonElement", StringComparison.Ordinal)} x) => 1;",
        $"model.PredictExample({value})", "", "parameter 'x'", readable ?? wrong, reason);
}
