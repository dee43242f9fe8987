using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Benchmarks;

/// <summary>Reading 1,000 strings: our scanner against System.Text.Json source generation.</summary>
[MemoryDiagnoser]
public partial class ReadTexts
{
    private const string Ascii = "abcdefghijklmnopqrstuvwxyz ";
    private const string Latin = Ascii + "äöüßé";
    private const string Chinese = "一丁七万丈三上下不与丐丑专且世丘丙业丛东";

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly BindingErrors _errors = new();
    private byte[] _body = [];

    /// <summary>Of what they are, how long they are at the most, and whether what is not ASCII is escaped, as Python does.</summary>
    [Params("ascii 10", "ascii 50", "latin 10", "latin 10 escaped", "chinese 20 escaped")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var kind = Kind.Split(' ');
        var letters = kind[0] switch { "ascii" => Ascii, "latin" => Latin, _ => Chinese };
        var longest = int.Parse(kind[1], System.Globalization.CultureInfo.InvariantCulture);
        string[] texts = [.. Enumerable.Range(0, 1000).Select(_ => new string(random.GetItems<char>(letters, random.Next(longest / 3, longest + 1))))];
        _body = JsonSerializer.SerializeToUtf8Bytes(texts, kind.Length > 2 ? JsonSerializerOptions.Default : Unescaped);
    }

    [Benchmark(Baseline = true)]
    public int SystemTextJson() => JsonSerializer.Deserialize(_body, TextsContext.Default.ListString)!.Count;

    [Benchmark]
    public int Texts()
    {
        _errors.Clear();
        return JsonInput.Read(_body, _errors, (ref JsonInput input) =>
        {
            var items = new List<string>();
            if (input.BeginArray())
            {
                var index = -1;
                while (input.NextItem(ref index))
                {
                    items.Add(input.ReadString());
                }
            }

            return items;
        })!.Count;
    }

    [JsonSerializable(typeof(List<string>))]
    private sealed partial class TextsContext : JsonSerializerContext;
}
