using System.Collections.Concurrent;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Service.Tests;

/// <summary>A decorator that the application has among its services sees every call that comes in over HTTP.</summary>
[Collection(nameof(Doubler))]
public sealed class DecoratedCallTests
{
    [Theory]
    [InlineData("predict", """{"value":21}""", "42", 21)]
    [InlineData("predict/batch", """[{"value":1},{"value":2},{"value":3}]""", "[2,4,6]", 1, 2, 3)]
    [InlineData("wait", """{"value":21}""", "42", 21)]
    [InlineData("wait/batch", """[{"value":2},{"value":1}]""", "[4,2]", 2, 1)]
    [InlineData("enumerate", """{"value":2}""", "2\n4\n", 2)]
    [InlineData("enumerate/batch", """[{"value":1},{"value":2}]""", "[[2],[2,4]]", 1, 2)]
    [InlineData("enumerate-in-turn/batch", """[{"value":1},{"value":2}]""", "[[2],[2,4]]", 1, 2)]
    [InlineData("predict/batch", "[]", "[]")]
    public async Task A_call_of_its_own_is_each_row_and_each_stream(
        string route, string body, string answer, params int[] seen)
    {
        var counter = new Counter();
        await using var service = await StartAsync(counter);
        Assert.Empty(counter.Seen); // the examples have been replayed

        Assert.Equal((200, answer), Without(await service.PostAsync(body, route: route)));

        Assert.Equal(seen.Select(one => (double)one), counter.Seen);
    }

    [Fact]
    public async Task A_body_that_is_refused_is_no_call()
    {
        var counter = new Counter();
        await using var service = await StartAsync(counter);

        await service.PostAsync("""{"value":"a"}""");
        await service.PostAsync("""[{"value":1},{}]""", route: "predict/batch");

        Assert.Empty(counter.Seen);
    }

    [Theory]
    [InlineData("predict", """{"value":1}""")]
    [InlineData("predict/batch", """[{"value":1}]""")]
    [InlineData("enumerate", """{"value":1}""")]
    public async Task A_call_that_a_decorator_refuses_is_a_problem(string route, string body)
    {
        await using var service = await StartAsync(new Counter { Refuses = true });

        var (status, mediaType, text) = await service.PostAsync(body, route: route);

        Assert.Equal((500, "application/problem+json"), (status, mediaType));
        Assert.DoesNotContain("too many", text, StringComparison.Ordinal);
    }

    private static Task<DoublerService> StartAsync(Counter counter) =>
        DoublerService.StartAsync(configure: services => services.AddSingleton<ICallDecorator>(counter));

    private static (int Status, string Body) Without((int Status, string MediaType, string Body) answer) =>
        (answer.Status, answer.Body);

    private sealed class Counter : ICallDecorator, IArgumentVisitor
    {
        public ConcurrentQueue<double> Seen { get; } = [];

        public bool Refuses { get; init; }

        public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(
            QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
            where TArguments : struct => new Call<TArguments, TAnswer>(this, inner);

        public void Visit<T>(int index, T value) => Seen.Enqueue(Assert.IsType<double>(value));

        private sealed class Call<TArguments, TAnswer>(Counter counter, IQueryCall<TArguments, TAnswer> inner)
            : IQueryCall<TArguments, TAnswer>
            where TArguments : struct
        {
            public ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
            {
                Visit(arguments, counter);
                return counter.Refuses
                    ? throw new InvalidOperationException("too many")
                    : inner.InvokeAsync(arguments, cancellationToken);
            }

            public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
        }
    }
}
