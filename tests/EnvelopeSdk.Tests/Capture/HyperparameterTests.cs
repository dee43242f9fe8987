using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

/// <summary>Hyperparameters as data scientists have them: records, with all that they have in them.</summary>
public sealed class HyperparameterTests : IDisposable
{
    private static readonly string[] Names = ["a", "b"];

    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_record_is_frozen_with_all_that_it_has()
    {
        var options = new Options(
            400, 0.1f, Loss.Huber, new Adam(1e-3, double.NaN), [64, 32],
            new Dictionary<string, object> { ["z"] = 1, ["a"] = TimeSpan.FromMinutes(2) });
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        var saved = await _store.SaveAsync(info: new() { Hyperparameters = Hyperparameters.Of(options) });
        CultureInfo.CurrentCulture = before;
        var record = (await _store.OpenSoundAsync()).Record;

        Assert.Equal(
            """{"Layers":[64,32],"Loss":"Huber","More":{"a":"00:02:00","z":1},"Optimizer":{"Beta":"NaN","Rate":0.001},"Rate":0.1,"Trees":400}""",
            JsonSerializer.Serialize(record.Hyperparameters));
        Assert.Equal(saved, await _store.SaveAsync(info: new() { Hyperparameters = Hyperparameters.Of(options with { }) }));
        Assert.NotEqual(saved, await _store.SaveAsync(info: new() { Hyperparameters = Hyperparameters.Of(options with { Trees = 401 }) }));
    }

    [Fact]
    public void The_order_of_members_and_entries_is_none_of_their_identity()
    {
        var one = Hyperparameters.Of(new { A = 1, B = new { C = 2, D = Names } });
        var other = Hyperparameters.Of(new Dictionary<string, object> { ["B"] = new { D = Names, C = 2L }, ["A"] = (byte)1 });

        Assert.Equal(one.Select(Text), other.Select(Text));
    }

    [Fact]
    public void Single_values_lists_and_records_stand_beside_each_other()
    {
        var info = new EnvelopeInfo
        {
            Hyperparameters =
            {
                ["trees"] = 400,
                ["loss"] = Loss.Huber,
                ["names"] = Names,
                ["adam"] = HyperparameterValue.Of(new Adam(0.5, double.PositiveInfinity)),
            },
        };

        Assert.Equal(
            ["adam={\"Beta\":\"Infinity\",\"Rate\":0.5}", "loss=\"Huber\"", "names=[\"a\",\"b\"]", "trees=400"],
            info.Hyperparameters.Select(Text));
    }

    [Fact]
    public void What_a_context_generates_needs_no_reflection_and_says_the_same_whatever_the_order()
    {
        var parameters = Hyperparameters.Of(new Adam(0.5, double.NaN), AdamContext.Default.Adam);

        Assert.Equal(["Beta=\"NaN\"", "Rate=0.5"], parameters.Select(Text));
    }

    [Fact]
    public void What_is_no_data_is_refused_by_the_name_of_its_member()
    {
        Refuses("'Optimizer.Run' is a delegate", () => Hyperparameters.Of(new { Optimizer = new { Run = (Action)(() => { }) } }));
        Refuses("'Files[1]' is a MemoryStream", () => Hyperparameters.Of(new { Files = new List<object> { 1, new MemoryStream() } }));
        Refuses("'Next.Next' leads back", () => Hyperparameters.Of(Loop()));
        Refuses("'Bad' cannot be read: no way", () => Hyperparameters.Of(new Throwing()));
        Refuses("has no members", () => Hyperparameters.Of(Names));
        Refuses("has no members", () => Hyperparameters.Of("text"));
        Refuses("goes beyond the", () => Hyperparameters.Of(new { Data = new double[2_000_000] }));
        Refuses("several dimensions", () => Hyperparameters.Of(new { Grid = new double[2, 2] }));
        Refuses("has a key of the type", () => Hyperparameters.Of(new { By = new Dictionary<object, int> { [new object()] = 1 } }));
    }

    private static string Text(KeyValuePair<string, HyperparameterValue> one) => $"{one.Key}={one.Value}";

    private static Node Loop()
    {
        var node = new Node { Next = new Node() };
        node.Next.Next = node;
        return node;
    }

    private static void Refuses(string reason, Func<object> action)
    {
        var failure = Assert.Throws<EnvelopeException>(() => action());
        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private enum Loss
    {
        Squared,
        Huber,
    }

    private interface IOptimizer;

    internal sealed record Adam(double Rate, double Beta) : IOptimizer;

    private sealed record Options(int Trees, float Rate, Loss Loss, IOptimizer Optimizer, int[] Layers, IReadOnlyDictionary<string, object> More);

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Throwing
    {
        private readonly string? _text = "no way";

        [JsonIgnore]
        public int Ignored => _text is null ? 1 : throw new InvalidOperationException("never asked");

        public int Bad => _text is null ? 1 : throw new InvalidOperationException(_text);
    }
}

[JsonSerializable(typeof(HyperparameterTests.Adam))]
internal sealed partial class AdamContext : JsonSerializerContext;
