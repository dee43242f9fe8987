using System.Globalization;
using System.Numerics;
using CsCheck;
using EnvelopeSdk.Binding.Collections;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>The keys of dictionaries, read from the names of members.</summary>
public class KeyTests
{
    private static readonly string[] Names =
        ["0", "-0", "00", "01", "-01", "-", "", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1,000", "٣", "1\\u0030", "\\ud800", "\\u002d5", "--5", "5-", "/", ":"];

    [Fact]
    public void A_name_is_a_key_where_it_is_its_digits_and_nothing_else()
    {
        Check<byte>();
        Check<sbyte>();
        Check<short>();
        Check<ushort>();
        Check<int>();
        Check<uint>();
        Check<long>();
        Check<ulong>();
        Check<Int128>();
        Check<UInt128>();
    }

    [Theory]
    [InlineData("7", "/7"), InlineData("-7", "/-7"), InlineData("2147483647", "/2147483647"), InlineData("2147483648", "/2147483648")]
    [InlineData("-2147483648", "/-2147483648"), InlineData("-2147483649", "/-2147483649")]
    public void What_is_wrong_with_a_value_is_told_at_its_name(string name, string pointer)
    {
        var (_, errors) = Reading.Read($"{{\"{name}\":true}}", Map<long>);

        Assert.Equal(pointer, errors[0].Pointer);
        Assert.Equal(1, errors.Count);
    }

    [Fact]
    public void A_key_that_comes_twice_is_told_and_the_first_is_kept()
    {
        var (map, errors) = Reading.Read("""{"3":1,"4":2,"3":5,"\u0033":6}""", Map<int>);

        Assert.Equal(["/3: Expected the member once, got it again.", "/3: Expected the member once, got it again."], errors.List());
        Assert.Equal([(3, 1.0), (4, 2.0)], map!.Select(one => (one.Key, one.Value)));
    }

    [Fact]
    public void Keys_that_are_chosen_for_it_have_no_hash_codes_in_common()
    {
        // HashCode mixes a number of 64 bits as two words, and whatever its seed is, the second can undo what the first did.
        const uint Word = 3266489917, Mixed = 668265263;
        var inverse = (uint)BigInteger.ModPow(Word, (BigInteger.One << 30) - 1, BigInteger.One << 32);
        var chosen = Enumerable.Range(0, 1 << 17).Select(i => unchecked((((ulong)(uint)-i * Mixed * inverse) << 32) | ((uint)i << 15) * inverse)).ToList();
        Assert.Equal(1u, unchecked(Word * inverse));
        Assert.InRange(chosen.Select(key => HashCode.Combine((int)key, (int)(key >> 32))).Distinct().Count(), 1, 2);

        Assert.InRange(chosen.Select(key => Keys.Comparer<ulong>().GetHashCode(key)).Distinct().Count(), 130_000, 1 << 17);
        Assert.InRange(chosen.Select(key => Keys.Comparer<Guid>().GetHashCode(new Guid(0, 0, 0, BitConverter.GetBytes(key)))).Distinct().Count(), 130_000, 1 << 17);
        Assert.InRange(chosen.Select(key => Keys.Comparer<int>().GetHashCode((int)key)).Distinct().Count(), 1 << 17, 1 << 17);
    }

    private static void Check<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var bounds = new[] { T.MinValue, T.MaxValue }.Select(bound => BigInteger.CreateChecked(bound)).SelectMany(bound => new[] { bound - 1, bound, bound + 1 })
            .Select(bound => bound.ToString(CultureInfo.InvariantCulture));
        Assert.All(Names.Concat(bounds), Check<T>);
        Gen.Char["0123456789-+. "].Array[0, 12].Select(characters => new string(characters)).Sample(Check<T>, iter: 5_000);
    }

    private static void Check<T>(string name)
        where T : struct, IBinaryInteger<T>
    {
        var (map, errors) = Reading.Read($"{{\"{name}\":1}}", Map<T>);
        var isKey = JsonInput.TryParseKey(name.Replace("\\u0030", "0", StringComparison.Ordinal).Replace("\\u002d", "-", StringComparison.Ordinal), out T key);

        Assert.Equal((name, isKey), (name, errors.Count == 0));
        Assert.Equal(isKey ? [key] : [], map!.Keys);
    }

    /// <summary>As a generator writes it.</summary>
    private static Dictionary<T, double> Map<T>(ref JsonInput input)
        where T : struct, IBinaryInteger<T>
    {
        var items = new Dictionary<T, double>();
        if (!input.BeginObject())
        {
            return items;
        }

        while (input.NextMember())
        {
            if (!input.TryReadKey(out T key))
            {
                input.RefuseKey("a number");
            }
            else if (items.ContainsKey(key))
            {
                input.RefuseDuplicate(key);
            }
            else
            {
                input.BeginMember(key);
                items.Add(key, input.ReadDouble());
                input.EndMember();
            }
        }

        return items;
    }
}
