using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>Reads JSON texts as generated code does.</summary>
internal static class Reading
{
    private static readonly MemberNames MembersOfHouse = new("area", "a/b~c");

    public static (T? Value, BindingErrors Errors) Read<T>(string json, JsonRead<T> read) => Read(Encoding.UTF8.GetBytes(json), read);

    public static (T? Value, BindingErrors Errors) Read<T>(ReadOnlySpan<byte> utf8Json, JsonRead<T> read)
    {
        var errors = new BindingErrors();
        var value = JsonInput.Read(utf8Json, errors, read);
        return (value, errors);
    }

    public static IEnumerable<string> List(this BindingErrors errors) => Enumerable.Range(0, errors.Count).Select(i => errors[i].ToString());

    /// <summary>An array of arrays of the given depth, around one number.</summary>
    public static int Nested(ref JsonInput input, int depth)
    {
        if (depth == 0)
        {
            return input.ReadInt32();
        }

        var value = 0;
        if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                value = Nested(ref input, depth - 1);
            }
        }

        return value;
    }

    /// <summary>An object with a member whose name needs escapes in a pointer: <c>{ "area": number, "a/b~c": [mood] }</c>.</summary>
    public static House House(ref JsonInput input)
    {
        ulong seen = 0;
        double area = 0;
        var moods = new List<string>();
        if (input.BeginObject())
        {
            var member = -1;
            while (input.NextMember(MembersOfHouse, ref member))
            {
                switch (member)
                {
                    case 0:
                        if (input.BeginMember("area", ref seen, 1))
                        {
                            area = input.ReadDouble();
                            input.EndMember();
                        }

                        break;
                    case 1:
                        if (input.BeginMember("a/b~c", ref seen, 2))
                        {
                            moods = Strings(ref input);
                            input.EndMember();
                        }

                        break;
                    default:
                        input.UnknownMember("one of the members 'area', 'a/b~c'");
                        break;
                }
            }

            input.Require("area", seen, 1);
        }

        return new House(area, moods);
    }

    public static List<House> Houses(ref JsonInput input)
    {
        var houses = new List<House>();
        if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                houses.Add(House(ref input));
            }
        }

        return houses;
    }

    public static DayOfWeek Day(ref JsonInput input) =>
        !input.ReadName("one of \"Monday\"") ? default
        : input.Is("Monday"u8) ? DayOfWeek.Monday
        : input.UnknownValue<DayOfWeek>("one of \"Monday\"", "another string");

    private static List<string> Strings(ref JsonInput input)
    {
        var strings = new List<string>();
        if (input.BeginArray())
        {
            var index = -1;
            while (input.NextItem(ref index))
            {
                strings.Add(input.ReadString());
            }
        }

        return strings;
    }
}

internal sealed record House(double Area, List<string> Moods);
