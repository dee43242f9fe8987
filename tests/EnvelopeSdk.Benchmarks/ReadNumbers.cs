using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Benchmarks;

/// <summary>Reading an array of 1,000 numbers that use all their digits: our scanner against System.Text.Json source generation.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public partial class ReadNumbers
{
    private readonly BindingErrors _errors = new();
    private byte[] _floats = [];
    private byte[] _doubles = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _floats = JsonSerializer.SerializeToUtf8Bytes([.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle())], NumbersContext.Default.SingleArray);
        _doubles = JsonSerializer.SerializeToUtf8Bytes([.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())], NumbersContext.Default.DoubleArray);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("float")]
    public int SystemTextJsonFloats() => JsonSerializer.Deserialize(_floats, NumbersContext.Default.SingleArray)!.Length;

    [Benchmark, BenchmarkCategory("float")]
    public int Floats() => Read(_floats, (ref JsonInput input) => input.ReadArray<float>());

    [Benchmark(Baseline = true), BenchmarkCategory("double")]
    public int SystemTextJsonDoubles() => JsonSerializer.Deserialize(_doubles, NumbersContext.Default.DoubleArray)!.Length;

    [Benchmark, BenchmarkCategory("double")]
    public int Doubles() => Read(_doubles, (ref JsonInput input) => input.ReadArray<double>());

    private int Read<T>(byte[] body, JsonRead<T[]> read)
    {
        _errors.Clear();
        return JsonInput.Read(body, _errors, read)!.Length;
    }

    [JsonSerializable(typeof(float[]))]
    [JsonSerializable(typeof(double[]))]
    private sealed partial class NumbersContext : JsonSerializerContext;
}
