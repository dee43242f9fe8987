using EnvelopeSdk.Batch.Answers;
using EnvelopeSdk.Batch.Columns;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>A model that takes long, of whose rows the engine has too few to give each of its threads some.</summary>
public sealed class SlowModelTests
{
    private const string Rows =
        """
        SELECT i, CASE WHEN i % 10 = 3 THEN -1.0 ELSE i % 1500 / 2 END AS distance, CASE WHEN i % 10 = 5 THEN 13 ELSE 1 END AS passengers
        FROM range(3000) t(i)
        """;

    [Theory]
    [InlineData(1, 0), InlineData(4, 0), InlineData(4, 20), InlineData(4, 20, true), InlineData(2, 20, true)]
    public async Task Its_rows_are_answered_by_as_many_threads_as_may_call_and_as_by_one(int threads, int milliseconds, bool waits = false)
    {
        using var job = await RidesJob.StartAsync();
        var slow = new Slow(milliseconds, waits);
        var (answers, faults) = await AnswerAsync(job, new Slow(0), threads: 1, rows: 3000);

        var (others, otherFaults) = await AnswerAsync(job, slow, threads, milliseconds == 0 ? 3000 : 150);

        Assert.Equal(answers.Take(others.Count), others);
        Assert.Equal(faults.Take(otherFaults.Count), otherFaults);
        Assert.Equal(others.Count, others.Count(one => one != "none") + otherFaults.Count);
        Assert.InRange(slow.MostAtOnce, milliseconds == 0 ? 1 : 2, threads); // of a fast model it is one, unless the machine is busy
        Assert.Equal(others.Count - otherFaults.Count(one => !one.Contains("the model", StringComparison.Ordinal)), slow.Calls);
    }

    /// <summary>The engine hands over 2,048 rows at a time.</summary>
    [Fact]
    public async Task It_stays_slow_for_all_of_its_rows()
    {
        using var job = await RidesJob.StartAsync();
        var slow = new Slow(1);

        await AnswerAsync(job, slow, threads: 4, rows: 3000);

        Assert.True(slow.Own < 500, $"{slow.Own} calls behind each other were made by the engine's thread.");
    }

    [Fact]
    public async Task It_is_stopped()
    {
        using var job = await RidesJob.StartAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<DuckException>(() => AnswerAsync(job, new Slow(50), threads: 2, rows: 3000, stop.Token));
    }

    private static async Task<(IReadOnlyList<string> Answers, List<string> Faults)> AnswerAsync(
        RidesJob job, Slow slow, int threads, int rows, CancellationToken cancellationToken = default)
    {
        var model = await job.OpenAsync(cancellationToken);
        await model.LoadAsync([slow], cancellationToken);
        slow.Begin();
        using var tables = new DuckTables(job.At("spill"), 256, 1);
        tables.Run($"CREATE TABLE input AS {Rows} LIMIT {rows}");
        var record = model.Content.Record;
        var query = record.Schema.Queries.Single(one => one.Name == "predict");
        var plan = RowPlan.Of(query, record.Schema, tables.Columns("FROM input"), ValueForm.Typed, new() { Query = "predict" });
        using var function = new DuckFunction(
            tables, "answer_them", plan.Used, "input",
            () => new RowAnswers(
                model.Queries.Single(one => one.Name == "predict"), query, record, plan.NewMap(), "price", threads: threads > 1 ? new(threads) : null),
            cancellationToken);
        var faults = new RowFaults(long.MaxValue);
        function.Begin(faults);
        var answers = tables.Texts(
            $"SELECT coalesce(CAST((answer_them(i::BIGINT, {string.Join(", ", plan.Used.Select(one => one.Name))})).c0 AS VARCHAR), 'none') FROM input");
        return (answers, [.. faults.All.Select(one => one.ToString())]);
    }

    /// <summary>Takes its time, and refuses rides of 13.</summary>
    private sealed class Slow(int milliseconds, bool waits = false) : ICallDecorator
    {
        private int _now;
        private int _most;
        private int _calls;
        private int _own;
        private int _mostOwn;
        private int _engine;

        public int MostAtOnce => _most;

        public int Calls => _calls;

        /// <summary>How many were made by a thread of the engine without one of another thread between them.</summary>
        public int Own => _mostOwn;

        public void Begin() => (_most, _calls, _own, _mostOwn, _engine) = (0, 0, 0, 0, Environment.CurrentManagedThreadId);

        public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
            where TArguments : struct => new Call<TArguments, TAnswer>(this, inner);

        private sealed class Call<TArguments, TAnswer>(Slow slow, IQueryCall<TArguments, TAnswer> inner) : IQueryCall<TArguments, TAnswer>
            where TArguments : struct
        {
            public async ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
            {
                var now = Interlocked.Increment(ref slow._now);
                Interlocked.Increment(ref slow._calls);
                slow._own = Environment.CurrentManagedThreadId == slow._engine ? slow._own + 1 : 0;
                slow._mostOwn = Math.Max(slow._mostOwn, slow._own);
                for (var most = slow._most; now > most; most = slow._most)
                {
                    Interlocked.CompareExchange(ref slow._most, now, most);
                }

                try
                {
                    if (slow.Waits)
                    {
                        await Task.Delay(slow.Pause, cancellationToken); // and goes on where the scheduler lets it
                    }
                    else if (slow.Pause > 0)
                    {
                        Thread.Sleep(slow.Pause);
                    }

                    var passengers = new Passengers();
                    Visit(arguments, passengers);
                    return passengers.Count == 13 ? throw new PredictionRefusedException("unlucky", "/passengers") : await inner.InvokeAsync(arguments, cancellationToken);
                }
                finally
                {
                    Interlocked.Decrement(ref slow._now);
                }
            }

            public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
        }

        private int Pause => milliseconds;

        private bool Waits => waits;

        private sealed class Passengers : IArgumentVisitor
        {
            public int Count { get; private set; }

            public void Visit<T>(int index, T value) => Count = index == 1 && value is int count ? count : Count;
        }
    }
}
