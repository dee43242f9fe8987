using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What is posted, the same each time: some of everything, as clients write it.</summary>
internal static class ServingBodies
{
    private const int Side = 224;
    private const int Channels = 3;

    private static readonly JsonSerializerOptions AsClients = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly DateTime First = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Names = ["Ann Example", "Zoë Müller", "Bob \"the\" Builder", "李小龙"];
    private static readonly string[] Countries = ["Germany", "France", "Japan"];
    private static readonly string[] Priorities = ["Standard", "Express"];
    private static readonly string[] Tags = ["new", "fragile", "gift wrapped", "sale"];

    public static byte[] Write(Func<Random, object> body) =>
        JsonSerializer.SerializeToUtf8Bytes(body(new Random(7)), AsClients);

    public static object Stone(Random random) => new
    {
        carat = MathF.Round(random.NextSingle() * 5, 2),
        depth = MathF.Round(50 + (random.NextSingle() * 20), 1),
        table = random.Next(50, 70),
        length = MathF.Round(random.NextSingle() * 9, 2),
    };

    public static object Stones(Random random) => List(1000, () => Stone(random));

    /// <summary>Numbers as a normalized image has them.</summary>
    public static object Image(Random random) => new { pixels = List(Side * Side * Channels, random.NextSingle) };

    public static object Tensor(Random random) => new
    {
        pixels = List(Side, () => List(Side, () => List(Channels, random.NextSingle))),
    };

    /// <summary>Rows of a table with a column of each kind: about 230 bytes each.</summary>
    public static object Trips(Random random) => List(1000, () =>
    {
        var departs = new DateTimeOffset(
            First.AddMinutes(random.Next(500_000)).Ticks, TimeSpan.FromHours(random.Next(-5, 6)));
        var id = new byte[16];
        random.NextBytes(id);
        return new
        {
            id = new Guid(id),
            name = Any(random, Names),
            priority = Any(random, Priorities),
            age = random.Next(4) == 0 ? null : (double?)random.Next(90),
            bags = random.Next(4),
            isMember = random.Next(2) == 0,
            fare = new decimal(random.Next(100_000), 0, 0, false, 2),
            departs,
            boards = TimeOnly.FromDateTime(departs.DateTime.AddMinutes(-30)),
            seat = random.Next(3) == 0 ? null : $"{random.Next(1, 40)}A",
        };
    });

    /// <summary>Orders with texts, dates, an enum and lists: about 400 bytes each.</summary>
    public static object Orders(Random random) => List(100, () => new { order = Order(random) });

    private static object Order(Random random)
    {
        var placed = First.AddMinutes(random.Next(500_000));
        return new
        {
            customer = new
            {
                name = Any(random, Names),
                country = Any(random, Countries),
                since = DateOnly.FromDateTime(placed).AddDays(-random.Next(3000)),
            },
            placed,
            priority = Any(random, Priorities),
            lines = List(3, () => new
            {
                article = $"A-{random.Next(100_000):00000}",
                count = random.Next(1, 20),
                price = MathF.Round(random.NextSingle() * 100, 2),
                tags = List(random.Next(3), () => Any(random, Tags)),
            }),
        };
    }

    private static T[] List<T>(int count, Func<T> item) => [.. Enumerable.Range(0, count).Select(_ => item())];

    private static string Any(Random random, string[] texts) => texts[random.Next(texts.Length)];
}
