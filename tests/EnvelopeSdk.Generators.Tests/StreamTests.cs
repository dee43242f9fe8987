using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Predict methods that answer a stream of items.</summary>
public class StreamTests
{
    private const string Iterator = "async IAsyncEnumerable<int> PredictAsync(int x, [EnumeratorCancellation] CancellationToken token = default) { await Task.Yield(); yield return x; yield return 2 * x; }";

    [Theory]
    [InlineData("async IAsyncEnumerable<int> Predict(int x) { await Task.Yield(); yield return x; yield return 2 * x; }")]
    [InlineData(Iterator)]
    [InlineData("IAsyncEnumerable<int> PredictAsync(CancellationToken @event, int x) => new[] { x, 2 * x }.ToAsyncEnumerable();")]
    public void A_stream_is_a_query_whose_whole_answer_is_the_array_of_its_items(string method)
    {
        var model = CompiledModel.Of(Source(method));

        var query = Assert.Single(model.Schema.Queries);
        Assert.Equal(("predict", true, TypeKind.Int32), (query.Name, query.Stream, query.Returns.Kind));
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
        Assert.Equal("[21,42]", CompiledService.Of(model).Answer("predict", """{"x":21}"""));
    }

    [Fact]
    public void A_stream_and_one_of_its_items_are_different_answers() => Assert.NotEqual(
        CompiledModel.Of(Source("int Predict(int x) => x;")).Schema.Fingerprint,
        CompiledModel.Of(Source(Iterator)).Schema.Fingerprint);

    [Theory]
    [InlineData(Iterator, "PredictExampleAsync(21).Result")]
    [InlineData("IAsyncEnumerable<int> Predict(CancellationToken token, int x = 21) => new[] { x, 2 * x }.ToAsyncEnumerable();", "PredictExampleAsync(token: CancellationToken.None).Result")]
    [InlineData("IAsyncEnumerable<int> Predict(int x = 21) => new[] { x, 2 * x }.ToAsyncEnumerable();", "PredictExampleAsync().Result")]
    public void An_example_records_the_items_as_an_array(string method, string call)
    {
        var example = (PredictionExample)CompiledModel.Of(Source(method) + $"public static class Script {{ public static object Run() => new Model().{call}; }}").RunScript()!;

        Assert.Equal(("predict", """{"x":21}""", "[21,42]"), (example.Query, example.Input.GetRawText(), example.Output.GetRawText()));
    }

    [Fact]
    public void Items_may_be_records_and_null()
    {
        var service = CompiledService.Of(CompiledModel.Of(Source("async IAsyncEnumerable<Token?> Predict(string text) { await Task.Yield(); foreach (var word in text.Split(' ')) yield return new Token(word); yield return null; }")));

        Assert.Equal("""[{"text":"a"},{"text":"b"},null]""", service.Answer("predict", """{"text":"a b"}"""));
    }

    private static string Source(string method) =>
        $$"""
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;

        [EnvelopeModel("test")]
        public partial class Model
        {
            [Predict] public {{method}}
        }

        public sealed record Token(string Text);

        """;
}
