using EnvelopeSdk.Tests.Sources;

namespace EnvelopeSdk.Analyzers.Tests.Bodies;

/// <summary>Waits that hold a thread.</summary>
internal static class BlockingCases
{
    private const string Tasks = "private static Task<int> GetAsync() => Task.FromResult(1); private static ValueTask<int> FindAsync() => new(1); private static Task WaitAsync() => Task.CompletedTask;";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Blocks("return [|GetAsync().Result|];", "return await GetAsync();", "Result"),
        Blocks("return [|FindAsync().Result|];", "return await FindAsync();", "Result"),
        Blocks("[|WaitAsync().Wait()|]; return x;", "await WaitAsync(); return x;", "Wait"),
        Blocks("[|WaitAsync().Wait(100)|]; return x;", "await WaitAsync().WaitAsync(TimeSpan.FromSeconds(1)); return x;", "Wait"),
        Blocks("return [|GetAsync().GetAwaiter().GetResult()|];", "return await GetAsync();", "GetResult"),
        Blocks("return [|FindAsync().GetAwaiter().GetResult()|];", "return await FindAsync();", "GetResult"),
        Blocks("return [|GetAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];", "return await GetAsync().ConfigureAwait(false);", "GetResult"),
        Blocks("[|WaitAsync().GetAwaiter().GetResult()|]; return x;", "await WaitAsync(); return x;", "GetResult"),
        Blocks("[|Task.WaitAll(WaitAsync(), WaitAsync())|]; return x;", "await Task.WhenAll(WaitAsync(), WaitAsync()); return x;", "WaitAll"),
        Blocks("return [|Task.WaitAny(WaitAsync(), WaitAsync())|];", "await Task.WhenAny(WaitAsync(), WaitAsync()); return x;", "WaitAny"),
        Blocks("return new[] { GetAsync() }.Select(task => [|task.Result|]).First();", "return await GetAsync().ContinueWith(task => task.Result, TaskScheduler.Default);", "Result"),
        Blocks("return Get();", "return x;", "Result", "private static int Get() => [|GetAsync().Result|];", "public static int Get() => GetAsync().Result;"),
    ];

    private static RuleCase Blocks(string wrong, string right, string member, string wrongMembers = "", string rightMembers = "") => BodyCases.Of(
        "ENV0034", $"{Tasks} {wrongMembers} [Predict] public int Predict(int x) {{ {wrong} }}", $"{Tasks} {rightMembers} [Predict] public async Task<int> Predict(int x) {{ {right} }}", member);
}
