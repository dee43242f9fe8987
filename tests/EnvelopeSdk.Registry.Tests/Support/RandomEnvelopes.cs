using System.Text.Json.Nodes;
using CsCheck;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Data;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>Envelopes and queries of few words, so that queries find some, and of such words as engines disagree on.</summary>
internal static class RandomEnvelopes
{
    private static readonly string[] Names = ["house", "house-b", "zoo"];

    /// <summary>Names that a caller may be limited to, or null; the underscore stands for itself.</summary>
    public static Gen<NamePattern?> Patterns { get; } =
        Gen.OneOf("house", "house*", "*o*", "z?o", "z_o", "?????-?", "*", "nobody*").Select(NamePattern.Parse).Null(0.5);

    /// <summary>Limits that are less than a store has, and the usual ones.</summary>
    public static Gen<PlanLimits> Limits { get; } = Gen.OneOf(new PlanLimits(), new PlanLimits(0, 0), new PlanLimits(5, 20), new PlanLimits(20, 30));

    private static readonly string[] Words =
    [
        "team", "Team", "TEAM", "te\u00e1m", "tea\u0301m", "<b>bold</b>", "it's \"quoted\"", "\U0001F600", "\uff01", "nul\0", "\x1b0", "",
        "a%_b", new('x', 5000),
    ];

    private static readonly double[] Numbers =
        [0, -0.0, 0.5, 0.9, 0.9, 1, 1e308, -3, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon];

    private static readonly string[] Commits =
        ["0123456789abcdef0123456789abcdef01234567", "0123456fffffffffffffffffffffffffffffffff", "fedcba9876543210fedcba9876543210fedcba98"];

    /// <summary>The same for the same number.</summary>
    public static async Task FillAsync(CraftedStore store, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var happened = new List<Journal.JournalEvent>();
            for (var saves = random.Next(3); saves > 0; saves--)
            {
                happened.Add(CraftedStore.Saved(Time(random), Pick(random, Words)));
            }

            for (var tags = random.Next(5); tags > 0; tags--)
            {
                happened.Add(CraftedStore.Tag(
                    Pick(random, Words), random.Next(6) == 0 ? null : Pick(random, Words), Time(random)));
            }

            for (var metrics = random.Next(4); metrics > 0; metrics--)
            {
                happened.Add(CraftedStore.Metric(Pick(random, Words[..7]), Pick(random, Numbers), Time(random)));
            }

            await store.AddAsync(Pick(random, Names), record => Change(record, random), happened);
        }
    }

    public static Gen<EnvelopeQuery> Queries { get; } =
        from name in Few(Gen.OneOf(Names), 4)
        from tags in Gen.Select(Gen.OneOf(Words), Few(Gen.OneOf(Words), 2)).Array[0, 2]
        from any in Gen.Select(Gen.OneOf(Words), Gen.OneOf(Words)).Array[0, 3]
        from isAny in Gen.Int[0, 3]
        from metrics in Bounds(Words[..7])
        from parameters in Bounds(["depth", "tree.depth", "tree", "a.b"])
        from since in Few(Gen.Int[0, 5].Select(ticks => (int?)ticks), 5)
        from until in Few(Gen.Int[0, 5].Select(ticks => (int?)ticks), 5)
        from commit in Few(Gen.OneOf("0123456", "0123456789ABCDEF", "01234567", "f", "", "0", "zz"), 5)
        from schema in Few(Gen.OneOf("sha256:other", "sha256:kept"), 6)
        from order in Few(Gen.OneOf(Words[..7]), 2)
        from isDescending in Gen.Bool
        select new EnvelopeQuery
        {
            Name = name,
            Tags = tags.DistinctBy(tag => tag.Item1).ToDictionary(tag => tag.Item1, tag => (string?)tag.Item2),
            AnyTags = isAny > 0 ? [] : [.. any.Select(tag => KeyValuePair.Create(tag.Item1, tag.Item2))],
            Metrics = metrics,
            Hyperparameters = parameters,
            Since = since is { } first ? CraftedStore.Noon.AddTicks(first) : null,
            Until = until is { } last ? CraftedStore.Noon.AddTicks(last) : null,
            Commit = commit,
            SchemaFingerprint = schema,
            OrderBy = order,
            Descending = isDescending,
        };

    private static Gen<NumberBound[]> Bounds(string[] names) =>
        Gen.Select(Gen.OneOf(names), Gen.Enum<NumberComparison>(), Gen.OneOf(Numbers))
            .Select(one => new NumberBound(one.Item1, one.Item2, one.Item3)).Array[0, 5]
            .Select(all => all.Length > 3 ? all[4..] : []);

    private static Gen<T?> Few<T>(Gen<T> values, int oneOf) =>
        Gen.Select(Gen.Int[1, oneOf], values).Select(one => one.Item1 == 1 ? one.Item2 : default(T?));

    private static void Change(JsonObject record, Random random)
    {
        var hyperparameters = new JsonObject();
        if (random.Next(2) == 0)
        {
            hyperparameters["a.b"] = random.Next(2) == 0 ? 2 : "none";
            hyperparameters["a"] = new JsonObject { ["b"] = 3 };
        }

        hyperparameters["depth"] = random.Next(3) == 0 ? "Infinity" : random.Next(3);
        hyperparameters["tree"] = random.Next(2) == 0 ? 1 : new JsonObject { ["depth"] = 0.5, ["kind"] = "NaN" };
        record["hyperparameters"] = hyperparameters;
        if (random.Next(3) > 0)
        {
            record["provenance"]!["git"] = new JsonObject { ["commit"] = Pick(random, Commits), ["dirty"] = false };
        }
    }

    private static DateTimeOffset Time(Random random) =>
        random.Next(12) == 0 ? DateTimeOffset.UnixEpoch : CraftedStore.Noon.AddTicks(random.Next(6));

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
