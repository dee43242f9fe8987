using System.ComponentModel.DataAnnotations;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>Asks for more than types, up to the ends of what numbers can be.</summary>
[EnvelopeModel("bounds")]
public sealed partial class BoundedModel(int unit)
{
    /// <summary>Counts what is within its bounds.</summary>
    /// <param name="numbers">Numbers.</param>
    /// <param name="texts">Texts.</param>
    /// <param name="share">A share. <unit>%</unit> <example>12.5</example></param>
    /// <param name="mode">One of three.</param>
    /// <param name="most">The greatest number that there is.</param>
    [Predict]
    public int Count(
        BoundedNumbers numbers, BoundedTexts texts, [Range(0, 100)] double share, [AllowedValues("a", "b c", "")] string mode = "a", ulong most = ulong.MaxValue) =>
        numbers is null || texts is null || most == 0 ? unit : (int)share + mode.Length;

    /// <summary>Answers what it is sent.</summary>
    [Predict("bounded-numbers")]
    public async IAsyncEnumerable<BoundedNumbers> Same(BoundedNumbers[] all)
    {
        foreach (var one in all)
        {
            await Task.CompletedTask;
            yield return one with { Int = one.Int * unit };
        }
    }
}

/// <summary>Numbers between bounds.</summary>
public sealed record BoundedNumbers(
    [Range(double.MinValue, double.MaxValue)] double Double,
    [Range(double.Epsilon, double.PositiveInfinity)] double Positive,
    [Range(0, double.MaxValue)] float Float,
    [Range(typeof(ulong), "1", "18446744073709551615")] ulong ULong,
    [Range(-1e300, 1e300)] decimal Decimal,
    [Range(0.5, 2.5)] Int128 Int128,
    [Range(0, 5, MinimumIsExclusive = true, MaximumIsExclusive = true)] int Int,
    [Range(0.7, 1)] Half? Half = null,
    [AllowedValues(1, null)] int? OneOrNone = 1,
    [DeniedValues(13)] long NotThirteen = long.MinValue,
    UInt128 Most = default);

/// <summary>Texts and collections between bounds.</summary>
public sealed record BoundedTexts(
    [Length(1, 2)] string Short,
    [RegularExpression(@"\d{3}-[A-Z]\w+"), StringLength(20)] string Code,
    [EmailAddress] string Mail,
    [Url] string? Page,
    [Length(1, 3)] IReadOnlyList<double> Some,
    [MinLength(1)] IReadOnlyDictionary<int, string?> Numbered);
