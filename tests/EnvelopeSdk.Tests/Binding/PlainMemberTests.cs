using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>
/// Objects are read alike with and without the short way for members that come in order: the same values, the same errors
/// at the same places.
/// </summary>
public class PlainMemberTests
{
    private static readonly MemberNames Names = new("size", "name", "count", "parts");
    private static readonly string[] Sizes = ["0.5", "7", "-0", "1e2", "12", "\"1\"", "null", "0.1234567890123456789012", "0.12345678901234567", "-1.5E-3", "1e400", "9.99999999999999999", "1.", "-", "01"];
    private static readonly string[] Texts = ["\"\"", "\"plain\"", "\"größe\"", "\"a\\u0062\\n\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\u0001\"", "\"\u0002\"", $"\"{new string('a', 70)}\"", "1", "null", "\"open"];
    private static readonly string[] Counts = ["0", "-5", "2147483647", "2147483648", "1.0", "1.5", "3", "\"3\"", "-0"];
    private static readonly string[] Parts = ["[]", "[1,2]", "[1, \"2\"]", "{}", "[[1]]", "null"];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void An_object_is_read_alike_in_both_ways(int seed)
    {
        var random = new Random(seed);
        var sound = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var text = Text(random);

            var (expected, errors) = Read(text, isInOrder: false);
            var (actual, found) = Read(text, isInOrder: true);

            Assert.Equal((text, errors), (text, found));
            if (errors.Length == 0)
            {
                Assert.Equal((text, expected), (text, actual));
                sound++;
            }
        }

        Assert.InRange(sound, 1000, 39_000);
    }

    [Theory]
    [InlineData("""{"size":1,"name":"a","count":2}""", 2), InlineData("""{"size": 1, "name": "a", "count": 2}""", 2), InlineData("""{"size":1,"name":"a\u0062","count":2}""", 2)]
    [InlineData("""{"name":"a","size":1}""", -1), InlineData("""{"size":1e0}""", 0), InlineData("""{"size":1e2}""", -1), InlineData("""{"size":1e400}""", -1), InlineData("""{"size":"1"}""", -1)]
    [InlineData("""{"size" :1}""", -1), InlineData("""{"size":1,"name":"ä"}""", 1), InlineData("""{"size":1,"name":"\ud800"}""", 0), InlineData("""{"size":1,"name":"a","count":2e0}""", 1)]
    public void The_short_way_goes_as_far_as_members_are_in_order_and_right(string text, int expected)
    {
        var last = -2;

        Read(text, isInOrder: true, reached: member => last = member);

        Assert.Equal(expected, last);
    }

    private static string Text(Random random)
    {
        List<string> members = [.. new[] { Member("size", Sizes), Member("name", Texts), Member("count", Counts), Member("parts", Parts) }.Take(random.Next(5))];
        if (random.Next(4) == 0 && members.Count > 1)
        {
            var i = random.Next(members.Count - 1);
            (members[i], members[i + 1]) = (members[i + 1], members[i]);
        }

        if (random.Next(8) == 0)
        {
            members.Insert(random.Next(members.Count + 1), random.Next(2) == 0 || members.Count == 0 ? Member("other", Parts) : members[random.Next(members.Count)]);
        }

        var comma = random.Next(6) switch { 0 => ", ", 1 => ",  ", 2 => " ,", 3 => ",\n", _ => "," };
        var text = (random.Next(8) == 0 ? "{ " : "{") + string.Join(comma, members) + (random.Next(20) == 0 ? "" : random.Next(8) == 0 ? " }" : "}");
        return random.Next(40) == 0 ? text[..random.Next(text.Length + 1)] : text;

        string Member(string name, string[] values)
        {
            var quoted = random.Next(20) == 0 ? $"\"\\u{(int)name[0]:x4}{name[1..]}\"" : $"\"{name}\"";
            var colon = random.Next(6) switch { 0 => ": ", 1 => " :", 2 => ":  ", _ => ":" };
            return quoted + colon + values[random.Next(3) == 0 ? random.Next(values.Length) : random.Next(2)];
        }
    }

    private static ((double Size, string Name, int Count, string Parts, ulong Seen) Value, string Errors) Read(string text, bool isInOrder, Action<int>? reached = null)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(Bytes(text), errors, (ref JsonInput input) => Value(ref input, isInOrder, reached));
        return (value, string.Join('\n', Enumerable.Range(0, errors.Count).Select(i => errors[i].ToString())));
    }

    // In the place of U+0002 stands what is not UTF-8.
    private static byte[] Bytes(string text) => [.. Encoding.UTF8.GetBytes(text).Select(unit => unit == 2 ? (byte)0xFF : unit)];

    /// <summary>As a generator writes it of a size of at most 10.</summary>
    private static (double Size, string Name, int Count, string Parts, ulong Seen) Value(ref JsonInput input, bool isInOrder, Action<int>? reached)
    {
        var (size, name, count, parts, seen) = (0.0, "", 0, "", 0UL);
        if (!input.BeginObject())
        {
            return default;
        }

        var member = -1;
        if (isInOrder)
        {
            do
            {
                if (!input.TryMember("\"size\":"u8, ref size, ref member)) break;
                if (!(size <= 10)) { input.Undo(ref member); break; }
                if (!input.TryMember("\"name\":"u8, ref name, ref member)) break;
                if (!input.TryMember("\"count\":"u8, ref count, ref member)) break;
                if (!input.TryBeginMember("\"parts\":"u8, "parts", ref member)) break;
                parts = string.Join(' ', input.ReadArray<int>());
                input.EndMember();
            }
            while (false);

            seen = (1UL << (member + 1)) - 1;
            reached?.Invoke(member);
        }

        while (input.NextMember(Names, ref member))
        {
            switch (member)
            {
                case 0:
                    if (input.BeginMember("size", ref seen, 1))
                    {
                        var before = input.ErrorCount;
                        size = input.ReadDouble();
                        if (input.ErrorCount == before)
                        {
                            input.Check(size <= 10, "at most 10");
                        }

                        input.EndMember();
                    }

                    break;
                case 1:
                    if (input.BeginMember("name", ref seen, 2))
                    {
                        name = input.ReadString();
                        input.EndMember();
                    }

                    break;
                case 2:
                    if (input.BeginMember("count", ref seen, 4))
                    {
                        count = input.ReadInt32();
                        input.EndMember();
                    }

                    break;
                case 3:
                    if (input.BeginMember("parts", ref seen, 8))
                    {
                        parts = string.Join(' ', input.ReadArray<int>());
                        input.EndMember();
                    }

                    break;
                default:
                    input.UnknownMember("one of four");
                    break;
            }
        }

        input.Require("size", seen, 1);
        return (size, name, count, parts, seen);
    }
}
