using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnvelopeSdk.Service.Tests.Model;

/// <summary>Takes a value of every kind that a hostile caller can make something of.</summary>
[EnvelopeModel("orders")]
public sealed partial class Orders(int unit)
{
    /// <summary>Weighs the items.</summary>
    [Predict]
    public int Weigh(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.Items.Count * unit;
    }

    /// <summary>Says what it was called with.</summary>
    [Predict]
    public string Echo(int amount, int each = 2, double? discount = null, bool gift = true) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount} {each} {discount} {gift} {unit}");
}

public sealed record Order(
    string Text, double Number, long Id, decimal Price, Cut Cut, Shape Shape, IReadOnlyList<int> Items, IReadOnlyDictionary<string, double> Map, JsonElement Open, DateOnly? Day = null, Tree? Tree = null)
{
    public byte[] Bytes { get; init; } = [];

    public DateTime Created { get; init; }

    public DateTimeOffset Paid { get; init; }

    public IReadOnlyDictionary<long, int> Counts { get; init; } = new Dictionary<long, int>();
}

public sealed record Tree(IReadOnlyList<Tree> Children);

[JsonConverter(typeof(JsonStringEnumConverter<Cut>))]
public enum Cut
{
    Fair,
    Good,
}

[JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Group), "group")]
public abstract record Shape;

public sealed record Circle(double Radius) : Shape;

public sealed record Group(IReadOnlyList<Shape> Parts) : Shape;
