using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Tests.Schema;

/// <summary>A pattern says which integers a kind has.</summary>
public class IntegerPatternTests
{
    public static TheoryData<string> Kinds => [.. NumberKinds.All.Where(kind => kind.IsInteger).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_key_is_an_integer_of_the_kind(string name)
    {
        var kind = NumberKinds.All.Single(one => one.Name == name);
        var (least, greatest) = (Parse(kind.Least), Parse(kind.Greatest));
        var pattern = IntegerPattern.OfKey(kind);

        Assert.All(Around(least, greatest), number => Assert.Equal(number >= least && number <= greatest, Regex.IsMatch(Text(number), pattern)));
        Assert.All(["-0", "00", "01", "+1", "1.0", "1e2", "", "-", " 1"], text => Assert.DoesNotMatch(pattern, text));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_string_that_stands_for_a_number_has_no_fraction(string name)
    {
        var kind = NumberKinds.All.Single(one => one.Name == name);
        var (least, greatest) = (Parse(kind.Least), Parse(kind.Greatest));
        var pattern = IntegerPattern.OfText(kind);

        Assert.All(Around(least, greatest), number => Assert.Equal(number >= least && number <= greatest, Regex.IsMatch(Text(number) + ".00", pattern)));
        Assert.All(["-0", "0.0", "1e2", "10e-1"], text => Assert.Matches(pattern, text));
        Assert.All(["1.5", "00", "+1", "1.", "NaN", ""], text => Assert.DoesNotMatch(pattern, text));
    }

    private static IEnumerable<BigInteger> Around(BigInteger least, BigInteger greatest) =>
        from middle in Enumerable.Range(0, 40).Select(digits => BigInteger.Pow(10, digits)).SelectMany(power => new[] { power, -power, greatest - power, least + power, greatest + power, least - power })
        from step in Enumerable.Range(-2, 5)
        select middle + step;

    private static BigInteger Parse(string number) => BigInteger.Parse(number, CultureInfo.InvariantCulture);

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
