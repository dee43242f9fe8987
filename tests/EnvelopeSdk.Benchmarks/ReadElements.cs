using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Benchmarks;

/// <summary>
/// Reading values of any form: ours, which look at limits and texts first, against System.Text.Json source generation as
/// a minimal API reads a body by it, which goes through it once to know that it is all there.
/// </summary>
[MemoryDiagnoser]
public partial class ReadElements
{
    private readonly BindingErrors _errors = new();
    private byte[] _body = [];

    [Params("true", "text", "one row", "1000 rows")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        static object Row(int i) => new { carat = i / 100.0, cut = "Very good", certified = i % 2 == 0, note = (string?)null };
        _body = JsonSerializer.SerializeToUtf8Bytes<object>(Kind switch
        {
            "true" => true,
            "text" => "a text of no great length",
            "one row" => Row(23),
            _ => Enumerable.Range(0, 1000).Select(Row),
        });
    }

    [Benchmark(Baseline = true)]
    public async ValueTask<JsonValueKind> SystemTextJson() =>
        (await JsonSerializer.DeserializeAsync(new MemoryStream(_body), ElementsContext.Default.JsonElement)).ValueKind;

    [Benchmark]
    public JsonValueKind Elements()
    {
        _errors.Clear();
        return JsonInput.Read(_body, _errors, static (ref JsonInput input) => input.ReadElement()).ValueKind;
    }

    [JsonSerializable(typeof(JsonElement))]
    private sealed partial class ElementsContext : JsonSerializerContext;
}
