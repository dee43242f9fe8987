using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

public class AwaitCodeFixTests
{
    private const string Tasks = "private static Task<int> GetAsync(int x = 1) => Task.FromResult(x); private static ValueTask<string> FindAsync() => new(\"a\");";

    [Theory]
    [InlineData("int Predict(int x) => GetAsync().Result;", "async Task<int> Predict(int x) => await GetAsync();")]
    [InlineData("string Predict(int x) => FindAsync().Result.Trim();", "async Task<string> Predict(int x) => (await FindAsync()).Trim();")]
    [InlineData("int Predict(int x) => GetAsync().GetAwaiter().GetResult() + x;", "async Task<int> Predict(int x) => await GetAsync() + x;")]
    [InlineData("int Predict(int x) => GetAsync().ConfigureAwait(false).GetAwaiter().GetResult();", "async Task<int> Predict(int x) => await GetAsync().ConfigureAwait(false);")]
    [InlineData("int Predict(int x) { GetAsync().Wait(); return x; }", "async Task<int> Predict(int x) { await GetAsync(); return x; }")]
    [InlineData("int Predict(int x) { Task.WaitAll(GetAsync(), GetAsync()); return x; }", "async Task<int> Predict(int x) { await Task.WhenAll(GetAsync(), GetAsync()); return x; }")]
    [InlineData("int Predict(int x) => GetAsync(GetAsync().Result).Result + GetAsync().Result;", "async Task<int> Predict(int x) => await GetAsync(await GetAsync()) + await GetAsync();")]
    [InlineData("(int Low, int High)? Predict(int x) => (GetAsync().Result, x);", "async Task<(int Low, int High)?> Predict(int x) => (await GetAsync(), x);")]
    [InlineData("async Task<int> Predict(int x) => await GetAsync() + GetAsync().Result;", "async Task<int> Predict(int x) => await GetAsync() + await GetAsync();")]
    public Task A_predict_method_awaits_what_it_blocked_on(string wrong, string right) => FixAsync(
        $"using System.Threading.Tasks;\n{Class(wrong)}", $"using System.Threading.Tasks;\n{Class(right)}");

    [Fact]
    public Task All_predict_methods_await_and_name_the_type_of_tasks_in_full_where_they_have_to() => FixAsync(
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            private readonly System.Net.Http.HttpClient _http = new();

            /// <summary>First.</summary>
            [Predict]
            public int First(int x)
            {
                var text = _http.GetStringAsync("http://a").Result; // kept
                return text.Length;
            }

            [Predict]
            public int Second(int x) => _http.GetStringAsync("http://b").Result.Length;
        }
        """,
        """
        [EnvelopeModel("a")]
        public partial class A
        {
            private readonly System.Net.Http.HttpClient _http = new();

            /// <summary>First.</summary>
            [Predict]
            public async System.Threading.Tasks.Task<int> First(int x)
            {
                var text = await _http.GetStringAsync("http://a"); // kept
                return text.Length;
            }

            [Predict]
            public async System.Threading.Tasks.Task<int> Second(int x) => (await _http.GetStringAsync("http://b")).Length;
        }
        """);

    [Theory]
    [InlineData("int Predict(int x) => Get(); private static int Get() => GetAsync().Result;")]
    [InlineData("int Predict(int x) { int Get() => GetAsync().Result; return Get(); }")]
    [InlineData("int Predict(int x) { System.Func<int> get = () => GetAsync().Result; return get(); }")]
    [InlineData("int Predict(int x) { lock (this) { return GetAsync().Result; } }")]
    [InlineData("int Predict(int x) => GetAsync().Wait(100) ? 1 : 0;")]
    [InlineData("int Predict(int x) => Task.WaitAll(new Task[] { GetAsync() }, 100) ? 1 : 0;")]
    [InlineData("int Predict(int x) => Task.WaitAny(GetAsync());")]
    [InlineData("Task<int> Predict(int x) => Task.FromResult(GetAsync().Result);")]
    [InlineData("int Predict(in int x) => GetAsync().Result;")]
    [InlineData("virtual int Predict(int x) => GetAsync().Result;")]
    [InlineData("int Predict(int x) => GetAsync().Result; } partial class A : IPredictor { } public interface IPredictor { int Predict(int x);")]
    [InlineData("partial int Predict(int x) => GetAsync().Result; public partial int Predict(int x);")]
    [InlineData("int Predict(int x) => GetAsync().Result; public int Twice(int x) => Predict(x) * 2;")]
    [InlineData("int Predict(int x) => x == 0 ? GetAsync().Result : Predict(x - 1);")]
    [InlineData("int Predict(int x) => GetAsync().Result; } public static class Caller { public static System.Func<int, int> Of(A model) => model.Predict;")]
    public Task Where_no_await_can_stand_there_is_no_fix(string method) => CodeFixRun.AssertNoFixAsync<AwaitCodeFix>($"using System.Threading.Tasks;\n{Class(method)}");

    [Theory]
    [InlineData("public string Name => nameof(Predict);")]
    [InlineData("/// <see cref=\"Predict\"/>\npublic int Other;")]
    [InlineData("public void Warm() { Predict(1); }")]
    public Task A_use_that_takes_no_answer_does_not_stop_the_fix(string member) => FixAsync(
        $"using System.Threading.Tasks;\n{Class($"int Predict(int x) => GetAsync().Result; {member}")}",
        $"using System.Threading.Tasks;\n{Class($"async Task<int> Predict(int x) => await GetAsync(); {member}")}");

    private static string Class(string method) => $$"""[EnvelopeModel("a")] public partial class A { {{Tasks}} [Predict] public {{method}} }""";

    private static Task FixAsync(string wrong, string right) => CodeFixRun.AssertFixesAsync<AwaitCodeFix>(wrong, right);
}
