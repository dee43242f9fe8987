using System.Text.Json.Serialization;

namespace Measured;

// Properties that are set, not records with parameters: System.Text.Json boxes each argument of a constructor.

/// <summary>How fast an order is wanted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Priority>))]
public enum Priority { Standard, Express }

/// <summary>Who orders.</summary>
public sealed record Customer
{
    [JsonRequired] public string Name { get; set; } = "";

    [JsonRequired] public string Country { get; set; } = "";

    [JsonRequired] public DateOnly Since { get; set; }
}

/// <summary>A line of an order.</summary>
public sealed record OrderLine
{
    [JsonRequired] public string Article { get; set; } = "";

    [JsonRequired] public int Count { get; set; }

    [JsonRequired] public float Price { get; set; }

    [JsonRequired] public List<string> Tags { get; set; } = [];
}

/// <summary>An order.</summary>
public sealed record Order
{
    [JsonRequired] public Customer Customer { get; set; } = new();

    [JsonRequired] public DateTime Placed { get; set; }

    [JsonRequired] public Priority Priority { get; set; }

    [JsonRequired] public List<OrderLine> Lines { get; set; } = [];
}

/// <summary>What an order costs and when it comes.</summary>
public sealed record Quote
{
    [JsonRequired] public string Customer { get; set; } = "";

    [JsonRequired] public float Total { get; set; }

    [JsonRequired] public DateTime Due { get; set; }
}
