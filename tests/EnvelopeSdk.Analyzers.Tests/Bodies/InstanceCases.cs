using EnvelopeSdk.Tests.Sources;

namespace EnvelopeSdk.Analyzers.Tests.Bodies;

/// <summary>Objects that serve one thread at a time, and that calls share.</summary>
internal static class InstanceCases
{
    private const string ForEachCall = "make one for each call";
    private const string Kept = "keep what it holds, or open one for each call";
    private const string Generator = "use Random.Shared, or make one with a seed for each call";
    private const string Hash = "call the static HashData, or make one for each call";
    private const string Connection = "open one for each call, which the provider takes from a pool";


    /// <summary>A type of a framework, of which its room says that it serves one thread at a time.</summary>
    private const string Engine =
        "[assembly: EnvelopeSdk.Authoring.SingleThreaded(typeof(Engine<>), \"use the pool of the room\")] "
        + "public class Engine<T> { public int Run(int x) => x; } public sealed class Fast : Engine<int>;";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        InNamespace(
            Engine, "private readonly Engine<int> _engine = new Fast(); [Predict] public int Predict(int x) => [|_engine|].Run(x);",
            "private readonly ConcurrentBag<Engine<int>> _idle = []; [Predict] public int Predict(int x) => _idle.TryTake(out var engine) ? engine.Run(x) : x;",
            "_engine", "Engine<int>", "use the pool of the room"),
        Predict("private readonly Random _random = new(1);", "return [|_random|].Next(x);", "return new Random(1).Next(x);", "_random", "Random", Generator),
        Predict("private readonly Random _random = new(1);", "return [|_random|].Next();", "return _random.Next();", "_random", "Random", Generator, right: "private readonly Random _random = Random.Shared;"),
        Predict("private readonly Random _random = new(1);", "return [|_random|].Next(1, x);", "return _random.Value!.Next(1, x);", "_random", "Random", Generator, right: "private readonly ThreadLocal<Random> _random = new(() => new(1));"),
        Predict("private static readonly Random Generator = new(1);", "return [|Generator|].Next(x);", "return Generator!.Next(x);", "Generator", "Random", Generator, right: "[ThreadStatic] private static Random? Generator;"),
        Predict("private Random Generator { get; } = new(1);", "return [|Generator|].Next(x);", "return Generator.Next(x);", "Generator", "Random", Generator, right: "private static Random Generator => new(1);"),
        Predict("private readonly Random _random = new(1);", "lock (this) { } return [|_random|].Next(x);", "lock (this) { return _random.Next(x); }", "_random", "Random", Generator),
        Predict("private Random? _random;", "return ([|_random|] ??= new(1)).Next(x);", "Random? random = null; return (random ??= new(1)).Next(x);", "_random", "Random?", Generator),
        Predict("private readonly StringBuilder _text = new();", "return [|_text|].Append(x).Length;", "return new StringBuilder().Append(x).Length + nameof(_text).Length;", "_text", "StringBuilder", ForEachCall),
        Predict("private readonly MemoryStream _data = new();", "return [|_data|].ReadByte();", "return new MemoryStream(_data).ReadByte();", "_data", "MemoryStream", Kept, right: "private readonly byte[] _data = [1];"),
        Predict("private readonly Stream _data = new MemoryStream();", "return [|_data|].ReadByte();", "return _data.ReadByte();", "_data", "Stream", Kept, right: "private readonly Stream _data = Stream.Synchronized(new MemoryStream());"),
        Predict("private readonly Stream _data = new MemoryStream();", "[|_data|].Position = 0; return x;", "var data = new MemoryStream(); data.Position = 0; return x;", "_data", "Stream", Kept),
        Predict("private readonly StreamReader _data = new(new MemoryStream());", "return [|_data|].Read();", "return new StringReader(\"a\").Read();", "_data", "StreamReader", Kept),
        Predict("private readonly BinaryReader _data = new(new MemoryStream());", "return [|_data|].ReadInt32();", "using var data = new BinaryReader(new MemoryStream()); return data.ReadInt32();", "_data", "BinaryReader", Kept),
        Predict("private readonly System.Data.Common.DbConnection _store = null!;", "[|_store|].Open(); return x;", "_open().Open(); return x;", "_store", "DbConnection", Connection, right: "private readonly Func<System.Data.Common.DbConnection> _open = null!;"),
        Predict("private readonly System.Security.Cryptography.SHA256 _hash = System.Security.Cryptography.SHA256.Create();", "return [|_hash|].ComputeHash([1])[0];", "return System.Security.Cryptography.SHA256.HashData([1])[0];", "_hash", "SHA256", Hash),
        Predict("private readonly IEnumerator<int> _next = null!;", "return [|_next|].Current;", "return _all.First();", "_next", "IEnumerator<int>", "enumerate anew for each call", right: "private readonly IEnumerable<int> _all = [1];"),
        Predict("private readonly Random _random = new(1); private int Next(int x) => [|_random|].Next(x);", "return Next(x);", "return x;", "_random", "Random", Generator, right: "private readonly Random _random = new(1); public int Next(int x) => _random.Next(x);"),
        InNamespace(
            "[assembly: EnvelopeSdk.Authoring.ArtifactCodec(typeof(Random), typeof(Codec))] public class Codec : EnvelopeSdk.Authoring.IArtifactCodec<Random> { public string Id => \"test\"; public int Version => 1; public ValueTask SaveAsync(Random value, EnvelopeSdk.Authoring.ArtifactWriter files, CancellationToken cancellationToken) => default; public ValueTask<Random> LoadAsync(EnvelopeSdk.Authoring.ArtifactReader files, CancellationToken cancellationToken) => new(Random.Shared); }",
            "[Predict] public int Predict(int x) => [|random|].Next(x);", "private readonly int _next = random.Next(); [Predict] public int Predict(int x) => _next;",
            "random", "Random", Generator, state: "(Random random)"),
        new("ENV0031", BodyCases.Class("private readonly Random _random = new(1); [Predict] public int Predict(int x) => [|_random|].Next(2, x);"), BodyCases.Class("private readonly Random _random = new(1); [Predict, NotConcurrent] public int Predict(int x) => _random.Next(x);"), "'Predict'", "_random", "Random", Generator),
    ];

    private static RuleCase Predict(string members, string wrong, string rightBody, string member, string type, string cure, string? right = null) =>
        BodyCases.Of("ENV0031", $"{members} {Method(wrong)}", $"{right ?? members} {Method(rightBody)}", member, type, cure);

    private static RuleCase InNamespace(string declarations, string wrong, string right, string member, string type, string cure, string state = "") => new(
        "ENV0031", Declared(declarations, wrong, state), Declared(declarations, right, state), "'Predict'", member, type, cure);

    private static string Declared(string declarations, string members, string state) =>
        BodyCases.Class(members, $"{declarations} [EnvelopeModel(\"test\")] public sealed partial class Model{state}");

    private static string Method(string body) => $"[Predict] public int Predict(int x) {{ {body} }}";
}
