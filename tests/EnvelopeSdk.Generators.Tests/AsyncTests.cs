using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Predict methods that are awaited, and those that can be cancelled.</summary>
public class AsyncTests
{
    [Theory]
    [InlineData("async Task<int> Predict(int x) { await Task.Yield(); return 2 * x; }")]
    [InlineData("async Task<int> PredictAsync(int x) { await Task.Yield(); return 2 * x; }")]
    [InlineData("async ValueTask<int> PredictAsync(int x) { await Task.Yield(); return 2 * x; }")]
    [InlineData("ValueTask<int> PredictAsync(int x) => new(2 * x);")]
    [InlineData("Task<int> Predict(int x, CancellationToken cancellationToken) => Task.FromResult(2 * x);")]
    [InlineData("Task<int> Predict(CancellationToken @event, int x) => Task.FromResult(2 * x);")]
    public void What_is_awaited_is_served_as_the_method_that_returns_the_value_itself(string method)
    {
        var model = CompiledModel.Of(Source(method));

        Assert.Equal(CompiledModel.Of(Source("int Predict(int x) => 2 * x;")).Schema.Fingerprint, model.Schema.Fingerprint);
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
        Assert.Equal("42", CompiledService.Of(model).Answer("predict", """{"x":21}"""));
    }

    [Theory]
    [InlineData("async Task<int> PredictAsync(int x) { await Task.Yield(); return 2 * x; }", "PredictExampleAsync(21).Result")]
    [InlineData("ValueTask<int> Predict(int x = 21) => new(2 * x);", "PredictExampleAsync().Result")]
    [InlineData("Task<int> PredictAsync(int x, CancellationToken token) => Task.FromResult(2 * x);", "PredictExampleAsync(21).Result")]
    [InlineData("Task<int> PredictAsync(CancellationToken token, int x = 21) => Task.FromResult(2 * x);", "PredictExampleAsync(token: CancellationToken.None).Result")]
    [InlineData("int Predict(int x, CancellationToken token) => 2 * x;", "PredictExample(21)")]
    public void An_example_is_recorded_by_awaiting_the_method(string method, string call)
    {
        var example = (PredictionExample)CompiledModel.Of(Source(method) + $"public static class Script {{ public static object Run() => new Model().{call}; }}").RunScript()!;

        Assert.Equal(("predict", """{"x":21}""", "42"), (example.Query, example.Input.GetRawText(), example.Output.GetRawText()));
    }

    [Fact]
    public void The_arguments_before_and_behind_a_token_arrive_where_they_belong()
    {
        var service = CompiledService.Of(CompiledModel.Of(Source("string Predict(string a, CancellationToken token, string b, params int[] c) => a + b + c.Length;")));

        Assert.Equal("\"ab2\"", service.Answer("predict", """{"c":[1,2],"b":"b","a":"a"}"""));
        Assert.Equal("/token: Expected one of the members 'a', 'b', 'c', got an unknown member.", service.Errors("predict", """{"c":[],"b":"b","a":"a","token":null}"""));
    }

    private static string Source(string method) =>
        $$"""
        using System.Threading;
        using System.Threading.Tasks;

        [EnvelopeModel("test")]
        public partial class Model
        {
            [Predict] public {{method}}
        }

        """;
}
