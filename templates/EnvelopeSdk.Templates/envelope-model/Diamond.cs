using System.Globalization;
using System.Text.Json.Serialization;

namespace Diamonds;

/// <summary>Quality of the cut, from worst to best.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Cut>))]
public enum Cut { Fair, Good, [JsonStringEnumMemberName("Very Good")] VeryGood, Premium, Ideal }

/// <summary>Colour grade, from worst to best.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Color>))]
public enum Color { J, I, H, G, F, E, D }

/// <summary>Clarity grade, from worst to best.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Clarity>))]
public enum Clarity { I1, SI2, SI1, VS2, VS1, VVS2, VVS1, IF }

/// <summary>A row of the data, as ML.NET sees it.</summary>
public sealed class Diamond
{
    public float Carat { get; set; }
    public float Cut { get; set; }
    public float Color { get; set; }
    public float Clarity { get; set; }
    public float Depth { get; set; }
    public float Table { get; set; }
    public float Price { get; set; }
    public float X { get; set; }
    public float Y { get; set; }
    public float Z { get; set; }

    /// <summary>Reads the data: 53,940 diamonds, from the R package ggplot2 (MIT licence).</summary>
    public static List<Diamond> ReadCsv(string path) => [.. File.ReadLines(path).Skip(1).Select(Parse)];

    private static Diamond Parse(string line)
    {
        var cells = line.Replace("\"", "").Split(',');
        float Number(int i) => float.Parse(cells[i], CultureInfo.InvariantCulture);
        return new Diamond
        {
            Carat = Number(0),
            Cut = (float)Enum.Parse<Cut>(cells[1].Replace(" ", "")),
            Color = (float)Enum.Parse<Color>(cells[2]),
            Clarity = (float)Enum.Parse<Clarity>(cells[3]),
            Depth = Number(4),
            Table = Number(5),
            Price = Number(6),
            X = Number(7),
            Y = Number(8),
            Z = Number(9),
        };
    }
}

/// <summary>What ML.NET predicts of a row.</summary>
public sealed class Price
{
    public float Score { get; set; }
}
