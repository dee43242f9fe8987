using System.Text.Json;
using BenchmarkDotNet.Attributes;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Serving.Generated;

namespace EnvelopeSdk.Benchmarks;

/// <summary>Reading and checking the rows of a request: the generated binding against System.Text.Json source generation.</summary>
[MemoryDiagnoser]
public class ReadBatch
{
    private readonly PredictJson _form = new();
    private readonly BindingErrors _errors = new();
    private byte[] _body = [];

    /// <summary>Rows in the body.</summary>
    [Params(1, 1000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup() => _body = DiamondRows.Batch(Rows);

    [Benchmark(Baseline = true)]
    public int SystemTextJson() => JsonSerializer.Deserialize(_body, DiamondRequestContext.Default.ListDiamondRequest)!.Count;

    [Benchmark]
    public int Generated()
    {
        _errors.Clear();
        JsonRead<List<PredictArguments>> read = ReadRows;
        return JsonInput.Read(_body, _errors, read)!.Count;
    }

    private List<PredictArguments> ReadRows(ref JsonInput input)
    {
        var rows = new List<PredictArguments>();
        if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                rows.Add(_form.Read(ref input));
            }
        }

        return rows;
    }
}
