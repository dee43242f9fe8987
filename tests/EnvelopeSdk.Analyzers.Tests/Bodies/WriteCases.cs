using EnvelopeSdk.Tests.Sources;

namespace EnvelopeSdk.Analyzers.Tests.Bodies;

/// <summary>Writes to what concurrent calls share.</summary>
internal static class WriteCases
{
    private const string Range = "public struct Range { public int Low; }";
    private const string Row = "public class Row { public int X { get; set; } public int[] Items { get; } = [1]; }";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        // Each kind of write to a field.
        Predict("private int _x;", "[|_x|] = x; return x;", "var y = x + _x; return y;", "_x"),
        Predict("private int _x;", "[|this._x|] = x; return x;", "return this._x + x;", "_x"),
        Predict("private int _x;", "return [|_x|] += x;", "return _x + x;", "_x"),
        Predict("private int _x;", "return [|_x|]++;", "return Interlocked.Increment(ref _x);", "_x"),
        Predict("private int _x;", "--[|_x|]; return x;", "Volatile.Write(ref _x, x); return x;", "_x"),
        Predict("private string? _x;", "[|_x|] ??= \"a\"; return x;", "var y = _x; y ??= \"a\"; return y.Length + x;", "_x"),
        Predict("private int _x;", "(var y, [|_x|]) = (x, x); return y;", "(var y, var z) = (x, _x); return y + z;", "_x"),
        Predict("private int _x;", "(_, (_, [|_x|])) = (x, (x, x)); return x;", "(_, (_, x)) = (x, (x, _x)); return x;", "_x"),
        Predict("private int _x;", "int.TryParse(\"1\", out [|_x|]); return x;", "int.TryParse(\"1\", out var y); return y + _x;", "_x"),
        Predict("private int _x; private static void Double(ref int x) => x *= 2;", "Double(ref [|_x|]); return x;", "var y = _x; Double(ref y); return x + y;", "_x"),
        Predict("private int _x; private static int Read(in int x) => x;", "ref var y = ref [|_x|]; y = x; return x;", "ref readonly var y = ref _x; return Read(in _x) + y + x;", "_x"),

        // What is written: properties, statics, parameters of the constructor, parts of them.
        Predict("private int X { get; set; }", "[|X|] = x; return x;", "return X + x;", "X"),
        Predict("private static int X { get; set; }", "[|X|] = x; return x;", "return X + x;", "X"),
        Predict("private static int _x;", "[|_x|] = x; return x;", "return _x + x;", "_x"),
        Predict("[ThreadStatic] private static int _x; private static int _y;", "_x++; [|_y|]++; return x;", "_x++; return _x + _y + x;", "_y"),
        Predict("public static class Other { public static int X; }", "[|Other.X|] = x; return x;", "return Other.X + x;", "X"),
        Predict("private readonly int[] _items = [1];", "[|_items[0]|]++; return x;", "var items = (int[])_items.Clone(); items[0]++; return x;", "_items"),
        Predict("private readonly int[] _items = [1];", "[|Array.Sort(_items)|]; return x;", "var items = _items.ToArray(); Array.Sort(items); return Array.IndexOf(_items, x);", "_items"),
        Predict("private readonly List<int> _items = [1];", "[|_items[^1]|] = x; return x;", "return _items[^1] + x;", "_items"),
        Predict("private readonly Dictionary<int, int> _items = [];", "[|_items[x]|] = x; return x;", "return _items[x];", "_items"),
        Predict($"{Range} private Range _range;", "[|_range.Low|] = x; return x;", "var range = _range; range.Low = x; return range.Low;", "_range"),
        Predict($"{Row} private readonly Row _row = new();", "[|_row.X|] = x; return x;", "var row = new Row { X = x }; return row.X + _row.X;", "_row"),
        Predict($"{Row} private readonly Row _row = new();", "[|_row.Items[0]|] = x; return x;", "var items = new int[1]; items[0] = x; return _row.Items[0];", "_row"),
        Predict($"{Row} private readonly object _row = new Row();", "[|((Row)_row).X|] = x; return x;", "return ((Row)_row).X;", "_row"),
        Predict($"{Row} private readonly Row? _row = new();", "_row?[|.X|] = x; return x;", "return _row?.X ?? x;", "_row"),
        Predict($"{Row} private readonly ThreadLocal<Row> _own = new(() => new()); private readonly Lazy<Row> _row = new(() => new());", "_own.Value!.X = x; [|_row.Value.X|] = x; return x;", "_own.Value!.X = x; return _row.Value.X;", "_row"),
        new("ENV0030", InClassOf("int[] weights", "[|weights|] = [x]; return x;"), InClassOf("int[] weights", "return weights[0] + x;"), "'Predict'", "weights"),
        new("ENV0030", InClassOf("int weight", "return [|weight|]++;"), InClassOf("int weight", "return weight + x;"), "'Predict'", "weight"),

        // Collections that are changed.
        Predict("private readonly List<int> _seen = [];", "[|_seen.Add(x)|]; return x;", "return _seen.Count + x;", "_seen"),
        Predict("private readonly Dictionary<int, int> _seen = [];", "[|_seen.Remove(x)|]; return x;", "return _seen.TryGetValue(x, out var y) ? y : x;", "_seen"),
        Predict("private readonly HashSet<int> _seen = [];", "return [|_seen.Add(x)|] ? 1 : 0;", "return _seen.SetEquals([x]) ? 1 : 0;", "_seen"),
        Predict("private readonly Queue<int> _idle = new();", "return [|_idle.Dequeue()|];", "return _idle.Peek();", "_idle"),
        Predict("private readonly Stack<int> _idle = new();", "[|_idle.Push(x)|]; return x;", "var idle = new Stack<int>(); idle.Push(x); return _idle.Peek();", "_idle"),
        Predict("private readonly IList<int> _seen = [];", "[|_seen.Clear()|]; return x;", "return _seen.IndexOf(x);", "_seen"),
        Predict("private readonly List<int>? _seen = []; private readonly ConcurrentQueue<int> _safe = [];", "_seen?[|.Add(x)|]; return x;", "_safe.Enqueue(x); return x;", "_seen"),
        Predict("private readonly Dictionary<int, int> _a = []; private readonly ConcurrentDictionary<int, int> _b = [];", "[|_a.TryAdd(x, x)|]; return x;", "_b[x] = x; return _b.GetOrAdd(x, x);", "_a"),

        Predict("private readonly int[] _items = [1];", "[|_items.AsSpan()[0]|] = x; return x;", "Span<int> items = stackalloc int[1]; items[0] = x; return _items.AsSpan()[0];", "_items"),
        Predict("private readonly int[] _items = [1];", "[|_items.AsSpan().Clear()|]; return x;", "new int[1].AsSpan().Clear(); return _items.AsSpan().Length;", "_items"),
        Predict("private readonly int[] _items = [1];", "[|_items.SetValue(x, 0)|]; return x;", "return (int)_items.GetValue(0)! + x;", "_items"),
        Predict("private readonly int[] _items = [1];", "Buffer.BlockCopy(new int[1], 0, [|_items|], 0, 4); return x;", "var items = new int[1]; Buffer.BlockCopy(_items, 0, items, 0, 4); return items[0];", "_items"),
        Predict("private readonly int[] _items = [1];", "Array.Copy(new int[1], [|_items|], 1); return x;", "var items = new int[1]; Array.Copy(_items, items, 1); return x;", "_items"),
        Predict("private readonly int[] _items = [1];", "new int[1].CopyTo([|_items|], 0); return x;", "_items.CopyTo(new int[1], 0); return x;", "_items"),
        Predict("private readonly int[] _items = [1];", "new ReadOnlySpan<int>([1]).CopyTo([|_items|]); return x;", "_items.AsSpan().CopyTo(new int[1]); return x;", "_items"),

        // How it is reached.
        Predict("private int _x; private void Count() => [|_x|]++; private void Other() => _x++;", "Count(); return x;", "return x;", "_x", right: "private int _x; public void Count() => _x++;"),
        Predict("private int _x; private void A(int n) { if (n > 0) B(n - 1); } private void B(int n) { [|_x|] = n; A(n); }", "A(x); return x;", "return x;", "_x", right: "private int _x; public void A(int n) { if (n > 0) B(n - 1); } private void B(int n) { _x = n; A(n); }"),
        Predict("private int _x; private int Next => [|_x|]++;", "return Next;", "return x;", "_x", right: "private int _x; public int Next => _x++;"),
        Predict("private int _x; private int Next => [|_x|]++;", "int y; y = Next; return y;", "int y; y = x; return y;", "_x", right: "private int _x; public int Next => _x++;"),
        Predict("private int _x; private int X { get => _x; set => [|_x|] = value; }", "X = x; return x;", "return X + x;", "_x", right: "private int _x; public int X { get => 1; set => _x = value; }"),
        Predict("private int _x; private int X { get => _x; set => [|_x|] = value; }", "return X += x;", "return X;", "_x", right: "private int _x; public int X { get => 1; set => _x = value; }"),
        Predict("private int X { get; set => [|field|] = value; }", "X = x; return x;", "return X;", "X", right: "public int X { get; set => field = value; }"),
        Predict("private int _x;", "void Count() => [|_x|]++; Count(); return x;", "var y = 0; void Count() => y++; Count(); return y + _x;", "_x"),
        Predict("private int _x;", "Action count = () => [|_x|]++; count(); return x;", "var y = 0; Action count = () => y++; count(); return y + _x;", "_x"),
        Predict("private int _x; private int Count(int y) => [|_x|] = y;", "return new[] { x }.Select(Count).First();", "return x;", "_x", right: "private int _x; public int Count(int y) => _x = y;"),
        Predict("private static int _x; private readonly Func<int, int> _count = y => [|_x|] += y;", "return _count(x);", "return x;", "_x", right: "private static int _x; public Func<int, int> Count { get; } = y => _x += y;"),

        // Locks.
        Predict("private int _x; private readonly object _lock = new();", "lock (_lock) { } return [|_x|]++;", "lock (_lock) { return _x++; }", "_x"),
        Predict("private int _x; private readonly Lock _lock = new(); private void Count() => [|_x|]++;", "lock (_lock) { Count(); } Count(); return x;", "lock (_lock) { Count(); } return x;", "_x", right: "private int _x; private readonly Lock _lock = new(); private void Count() => _x++;"),
        Predict("private int _x; private readonly Lock _lock = new();", "using (_lock.EnterScope()) { } return [|_x|]++;", "using (_lock.EnterScope()) { return _x++; }", "_x"),
        Predict("private int _x; private readonly Lock _lock = new();", "[|_x|]++; using var held = _lock.EnterScope(); return _x;", "using var held = _lock.EnterScope(); _x++; return _x;", "_x"),
        Predict("private int _x; private readonly SemaphoreSlim _turn = new(1);", "_turn.Wait(); try { return [|_x|]++; } finally { x = 1; }", "_turn.Wait(); try { return _x++; } finally { _turn.Release(); }", "_x"),
        Predict("private int _x; private readonly ReaderWriterLockSlim _lock = new();", "_lock.EnterReadLock(); try { return [|_x|]++; } finally { _lock.ExitReadLock(); }", "_lock.EnterWriteLock(); try { return _x++; } finally { _lock.ExitWriteLock(); }", "_x"),

        Predict("public sealed class Door : IDisposable { public Door EnterScope() => this; public void Dispose() { } } private int _x; private readonly Door _door = new(); private readonly Lock _lock = new();", "using (_door.EnterScope()) { return [|_x|]++; }", "using (_lock.EnterScope()) { return _x++; }", "_x"),

        Predict("private int _x; private readonly Lock _lock = new(); private Lock Find() => _lock;", "using (Find().EnterScope()) { } return [|_x|]++;", "using (Find().EnterScope()) { return _x++; }", "_x"),
        Predict("private int _x; private readonly object _lock = new();", "Monitor.Enter(_lock); try { return [|_x|]++; } finally { Monitor.Pulse(_lock); }", "Monitor.Enter(_lock); try { return _x++; } finally { Monitor.Exit(_lock); }", "_x"),
        Predict("private int _x; private readonly Mutex _lock = new();", "_lock.WaitOne(); try { return [|_x|]++; } finally { _lock.Dispose(); }", "_lock.WaitOne(); try { return _x++; } finally { _lock.ReleaseMutex(); }", "_x"),

        // The mark.
        new("ENV0030", BodyCases.Class("private int _x; [Predict] public int Predict(int x) => [|_x|]++;"), BodyCases.Class("private int _x; [Predict, NotConcurrent] public int Predict(int x) => _x++;"), "'Predict'", "_x"),
        new("ENV0030", BodyCases.Class("private int _x; [Predict] public int Predict(int x) => [|_x|]--;"), BodyCases.Class("private int _x; [Predict] public int Predict(int x) => _x--;", "[EnvelopeModel(\"test\"), NotConcurrent] public sealed partial class Model"), "'Predict'", "_x"),
        new("ENV0030", BodyCases.Class("private int _x; [NotConcurrent] private void Count() => [|_x|]++; [Predict] public int Predict(int x) { Count(); return x; }"), BodyCases.Class("private int _x; private void Count() => _x++; [Predict, NotConcurrent] public int Predict(int x) { Count(); return x; }"), "'Predict'", "_x"),

        // Members that only the constructor sets.
        new("ENV0030", BodyCases.Class("private int _x; public void Set() => _x = 1; [Predict] public int Predict(int x) => [|_x|] = x;"), BodyCases.Class("private readonly int _x = 1; public void Set() => Y = _x; public int Y { get; private set; } [Predict] public int Predict(int x) => _x;"), "'Predict'", "_x"),
    ];

    private static RuleCase Predict(string members, string wrong, string rightBody, string member, string? right = null) =>
        BodyCases.Of("ENV0030", $"{members} {Method(wrong)}", $"{right ?? members} {Method(rightBody)}", member);

    private static string Method(string body) => $"[Predict] public int Predict(int x) {{ {body} }}";

    private static string InClassOf(string state, string body) => BodyCases.Class(Method(body), $"[EnvelopeModel(\"test\")] public sealed partial class Model({state})");
}
