using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnvelopeSdk.Batch.Tests.Model;

/// <summary>How a ride is paid.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Payment>))]
public enum Payment { Cash, Card, Voucher }

/// <summary>A ride.</summary>
/// <param name="Distance">Kilometres.</param>
/// <param name="Passengers">How many there are.</param>
public sealed record Ride(double Distance, int Passengers)
{
    /// <summary>The zone where it begins.</summary>
    public string? Zone { get; init; }
}

/// <summary>A price with its parts.</summary>
public sealed record Quote(double Price, string Currency, double[] Parts, Payment Payment, DateOnly? Day);

/// <summary>All kinds of values that columns can have.</summary>
public sealed record Values(
    bool Flag, sbyte Tiny, short Small, int Whole, long Large, ulong Unsigned, float Single, double Double, decimal Exact,
    string Text, DateOnly Day, TimeOnly Time, DateTime Stamp, DateTimeOffset Point, TimeSpan Span, Guid Id, byte[] Bytes,
    int?[] List, Payment Payment, Dictionary<string, double> Map);

/// <summary>The kinds of values that are rarer.</summary>
public sealed record Rarities(
    char Letter, Uri Link, Version Release, Half Half, Int128 Huge, UInt128 Vast, byte Byte, ushort Short, uint Word, float[,] Grid,
    JsonElement Any, Ride[] Rides, Payment[] Payments, int? Maybe, Dictionary<string, Ride> Named, List<List<string>> Words, Ride? Other);

/// <summary>Numbers in other forms than those of JSON.</summary>
public sealed record Odds
{
    /// <summary>A price.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public double Price { get; init; }

    /// <summary>Rides for each kilometre.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double Ratio { get; init; }
}

/// <summary>Prices rides, and fails as models do.</summary>
[EnvelopeModel("rides")]
public sealed partial class Rides(double perKilometre)
{
    private readonly double _perKilometre = perKilometre;

    /// <summary>Prices a ride.</summary>
    /// <param name="distance">Kilometres.</param>
    /// <param name="passengers">How many there are.</param>
    /// <param name="zone">Where it begins; a code with zeros in front.</param>
    /// <param name="payment">How it is paid.</param>
    [Predict]
    public double Predict(
        [Range(0, 1000)] double distance, int passengers, string? zone = null, Payment payment = Payment.Card) =>
        distance == 13 ? throw new PredictionRefusedException("thirteen is not driven")
        : distance == 777 ? throw new PredictionRefusedException("That is another country.", "/distance")
        : distance == 666 ? throw new InvalidOperationException($"secret {zone}")
        : (distance * _perKilometre) + passengers + (zone?.Length ?? 0) + (int)payment;

    /// <summary>Prices a ride, with parts.</summary>
    [Predict("quote")]
    public Quote Offer(Ride ride, Payment payment = Payment.Cash) => ride.Distance == 13
        ? throw new PredictionRefusedException("thirteen is not driven", "/ride/distance") : new(
        ride.Distance * _perKilometre, "EUR", [ride.Distance, ride.Passengers], payment,
        ride.Zone is null ? null : new DateOnly(2026, 5, ride.Zone.Length));

    /// <summary>Prices each kilometre.</summary>
    [Predict("count")]
    public async IAsyncEnumerable<double> CountAsync(int from)
    {
        for (var i = from; i > 0; i--)
        {
            await Task.Yield();
            yield return i * _perKilometre;
        }
    }

    /// <summary>Prices a ride of which nothing is known.</summary>
    [Predict("usual")]
    public double Usual(double distance = 5) => distance * _perKilometre;

    /// <summary>What a kilometre costs, whatever the ride.</summary>
    [Predict("flat")]
    public double Flat() => _perKilometre;

    /// <summary>How much more a ride costs than another, or at all.</summary>
    [Predict("longer")]
    public double Longer(Ride left, Ride? right = null) =>
        (left.Distance - (right?.Distance ?? 0)) * _perKilometre;

    /// <summary>How much more a ride costs than another.</summary>
    [Predict("compare")]
    public double Compare(Ride left, Ride right) => (left.Distance - right.Distance) * _perKilometre;

    /// <summary>Prices a ride, and says how many make a kilometre.</summary>
    [Predict("odds")]
    public Odds Odd(double distance) => new() { Price = distance * _perKilometre, Ratio = distance == 0 ? double.NaN : 1 / distance };

    /// <summary>Prices many rides at once.</summary>
    /// <param name="rides">Kilometres, passengers and zones.</param>
    /// <param name="surcharge">What each costs more.</param>
    [Predict("table")]
    public DataFrame Table(DataFrame rides, double surcharge = 0)
    {
        var prices = rides.Rows.Where(ride => (double)ride[0] != 77)
            .Select(ride => Predict((double)ride[0], (int)ride[1], (string?)ride[2]) + surcharge).ToList();
        return new(
            new DoubleDataFrameColumn("price", prices), new StringDataFrameColumn("currency", prices.Select(_ => "EUR")));
    }

    /// <summary>Prices many rides at once, each alone.</summary>
    [Predict("prices")]
    public Quote[] Prices(IDataView rides) =>
    [
        .. rides.GetColumn<double>("distance").Zip(
            rides.GetColumn<float[]>("parts"), (distance, parts) => Offer(new(distance, parts.Length))),
    ];

    /// <summary>Prices all rides together.</summary>
    [Predict("sum")]
    public DataFrame Sum(DataFrame rides) =>
        new(new DoubleDataFrameColumn("price", [rides.Rows.Sum(one => (double)one[0] * _perKilometre)]));

    /// <summary>Answers what it is asked.</summary>
    [Predict("rare")]
    public Rarities Repeat(Rarities rarities) => _perKilometre > 0 ? rarities : throw new PredictionRefusedException("no price");

    /// <summary>Answers what it is asked.</summary>
    [Predict("echo")]
    public Values Echo(Values values) => _perKilometre > 0 ? values : throw new PredictionRefusedException("no price");
}
