using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Benchmarks;

/// <summary>Writing the answers of a batch, numbers that use all their bits: our writer against System.Text.Json source generation.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public partial class WriteAnswers
{
    private readonly JsonOutput _output = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly float[] _floats = new float[1000];
    private readonly double[] _doubles = new double[1000];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < _floats.Length; i++)
        {
            _floats[i] = 20_000 * random.NextSingle();
            _doubles[i] = 20_000 * random.NextDouble();
        }
    }

    [Benchmark(Baseline = true), BenchmarkCategory("float")]
    public int SystemTextJsonFloats() => Serialize(_floats, AnswersContext.Default.SingleArray);

    [Benchmark, BenchmarkCategory("float")]
    public int Floats()
    {
        _output.Clear();
        _output.WriteStartArray();
        foreach (var value in _floats)
        {
            _output.WriteSingle(value);
        }

        _output.WriteEndArray();
        return _output.Written.Length;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("double")]
    public int SystemTextJsonDoubles() => Serialize(_doubles, AnswersContext.Default.DoubleArray);

    [Benchmark, BenchmarkCategory("double")]
    public int Doubles()
    {
        _output.Clear();
        _output.WriteStartArray();
        foreach (var value in _doubles)
        {
            _output.WriteDouble(value);
        }

        _output.WriteEndArray();
        return _output.Written.Length;
    }

    private int Serialize<T>(T values, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        JsonSerializer.Serialize(writer, values, type);
        return _buffer.WrittenCount;
    }

    [JsonSerializable(typeof(float[]))]
    [JsonSerializable(typeof(double[]))]
    private sealed partial class AnswersContext : JsonSerializerContext;
}
