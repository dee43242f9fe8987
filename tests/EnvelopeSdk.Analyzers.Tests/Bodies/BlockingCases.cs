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

        // What has ended.
        Blocks("var task = GetAsync(); return [|task.Result|];", "var task = GetAsync(); await task; return task.Result;", "Result"),
        Blocks("var a = GetAsync(); var b = GetAsync(); return [|a.Result|] + b.Id;", "var a = GetAsync(); var b = GetAsync(); await Task.WhenAll(a, b); return a.Result + b.Result;", "Result"),
        Blocks("Task<int>[] all = [GetAsync(), GetAsync()]; return [|all[0].Result|];", "Task<int>[] all = [GetAsync(), GetAsync()]; await Task.WhenAll(all).ConfigureAwait(false); return all[0].Result + all.Sum(one => one.Result);", "Result"),
        Blocks("var all = new[] { GetAsync() }; var sum = 0; foreach (var one in all) { sum += [|one.Result|]; } return sum;", "var all = new[] { GetAsync() }; await Task.WhenAll(all); var sum = 0; foreach (var one in all) { sum += one.Result; } return sum;", "Result"),
        Blocks("var task = WaitAsync(); [|task.Wait()|]; return x;", "var task = WaitAsync(); await task; task.Wait(); return x;", "Wait"),
        Blocks("var task = GetAsync(); return [|task.GetAwaiter().GetResult()|];", "var task = GetAsync(); await task.ConfigureAwait(false); return task.GetAwaiter().GetResult();", "GetResult"),
        Blocks("var task = FindAsync(); return [|task.Result|];", "var task = FindAsync(); return task.IsCompletedSuccessfully ? task.Result : await task;", "Result"),
        Blocks("var task = GetAsync(); if (x > 0) { return [|task.Result|]; } return x;", "var task = GetAsync(); if (task.Status == TaskStatus.RanToCompletion) { return task.Result; } return x;", "Result"),
        Blocks("var task = FindAsync(); if (x > 0) { return x; } return [|task.Result|];", "var task = FindAsync(); if (!task.IsCompleted) { return await task; } return task.Result;", "Result"),
        Blocks("var task = GetAsync(); return x > 0 ? [|task.Result|] : x;", "var task = GetAsync(); await Task.WhenAny(task, WaitAsync()); return task is { IsCompletedSuccessfully: true } ? task.Result : x;", "Result"),
        Blocks("var task = GetAsync(); var first = task; return [|first.Result|];", "var task = GetAsync(); var first = await Task.WhenAny(task, GetAsync()); return first.Result;", "Result"),
        Blocks("Task<int>? task = GetAsync(); return task?[|.Result|] ?? x;", "Task<int>? task = GetAsync(); await task; return task?.Result ?? x;", "Result"),
        Blocks("var a = GetAsync(); var all = Task.WhenAll(a); return [|a.Result|] + all.Id;", "var a = GetAsync(); var all = Task.WhenAll(a); await all; return a.Result;", "Result"),
        Blocks("var all = new[] { GetAsync() }; return all.Where(one => one.Id > 0).Sum(one => [|one.Result|]);", "var all = new[] { GetAsync() }; return all.Where(one => one.IsCompletedSuccessfully).Sum(one => one.Result);", "Result"),
        Blocks("return Get(GetAsync());", "return await Get(FindAsync());", "Result", "private static int Get(Task<int> task) => [|task.Result|];", "private static ValueTask<int> Get(ValueTask<int> task) => task.IsCompletedSuccessfully ? new(task.Result) : task;"),
        Blocks("var task = FindAsync(); return [|task.AsTask().Result|];", "var task = FindAsync(); await task; return task.AsTask().Result;", "Result"),
        Blocks("var task = FindAsync(); return [|task.Preserve().Result|];", "var task = FindAsync(); await task; return task.Preserve().Result;", "Result"),
        Blocks("var task = GetAsync(); return [|task.ConfigureAwait(false).GetAwaiter().GetResult()|];", "var task = GetAsync(); await task; return task.ConfigureAwait(false).GetAwaiter().GetResult();", "GetResult"),
        Blocks("List<Task<int>> all = [GetAsync()]; return [|all[0].Result|] + all[^1].Id;", "List<Task<int>> all = [GetAsync()]; await Task.WhenAll(all); return all[0].Result + all[^1].Result;", "Result"),
        Blocks("var task = GetAsync(); return task is { Id: 1 } ? [|task.Result|] : x;", "var task = GetAsync(); return task is { IsCompletedSuccessfully: true, Id: > 0 } ? task.Result : x;", "Result"),
        Blocks("var task = GetAsync(); if (task.IsCanceled) { return x; } return [|task.Result|];", "var task = GetAsync(); if (!task.IsCompleted) { return x; } return task.Result;", "Result"),
        Blocks("x++; return [|GetAsync().Result|];", "return new Jobs.Task().Result;", "Result", rightMembers: "public static class Jobs { public sealed class Task { public int Result => 1; } }"),
        new("ENV0034", Own("var a = new[] { GetAsync() }; await Task.WhenAll(a); return a.Select(one => GetAsync()).Sum(one => [|one.Result|]);"), Own("var a = new[] { GetAsync() }; await Task.WhenAll(a); return a.Where(one => one.Id > 0).Sum(one => one.Result);"), "'Predict'", "Result"),
        new("ENV0034", Own("var a = new[] { GetAsync() }; await Task.WhenAll(a); return a.SelectMany(one => new[] { GetAsync() }).Sum(one => [|one.Result|]);"), Own("var a = new[] { GetAsync() }; await Task.WhenAll(a); return a.Skip(1).Sum(one => one.Result);"), "'Predict'", "Result"),
        new("ENV0034", Own("var a = new[] { GetAsync() }; await Task.WhenAll(a); return a.Zip(a, (one, other) => GetAsync()).Sum(one => [|one.Result|]);"), Own("var a = new[] { GetAsync() }; await Task.WhenAll(a); return a.Concat(a).Sum(one => one.Result);"), "'Predict'", "Result"),
        new("ENV0034", Own("var a = GetAsync(); var b = GetAsync(); await a; return a.Result + [|b.Result|];"), Own("var a = GetAsync(); var b = GetAsync(); await a; return a.Result + await b;"), "'Predict'", "Result"),
        new("ENV0034", Own("var a = GetAsync(); x += [|a.Result|]; return await a + x;"), Own("var a = GetAsync(); x += await a; return a.Result + x;"), "'Predict'", "Result"),
        new("ENV0034", Own("var a = GetAsync(); await a; a = GetAsync(); return [|a.Result|];"), Own("var a = GetAsync(); a = GetAsync(); await a; return a.Result;"), "'Predict'", "Result"),
        new("ENV0034", Own("var a = GetAsync(); await Task.WhenAny(a, WaitAsync()); return [|a.Result|];"), Own("var a = GetAsync(); await Task.WhenAll(a, WaitAsync()); return a.Result;"), "'Predict'", "Result"),
    ];

    private static string Own(string body) => BodyCases.Class($"{Tasks} [Predict] public async Task<int> Predict(int x) {{ {body} }}");

    private static RuleCase Blocks(string wrong, string right, string member, string wrongMembers = "", string rightMembers = "") => BodyCases.Of(
        "ENV0034", $"{Tasks} {wrongMembers} [Predict] public int Predict(int x) {{ {wrong} }}", $"{Tasks} {rightMembers} [Predict] public async Task<int> Predict(int x) {{ {right} }}", member);
}
