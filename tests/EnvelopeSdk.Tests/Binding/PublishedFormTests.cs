using System.Globalization;
using System.Text;
using System.Text.Json;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Tests.Binding;

/// <summary>What is read of a string with a form is what its published pattern takes, and nothing else.</summary>
public sealed class PublishedFormTests
{
    private const int Texts = 100_000;

    private static readonly Random Random = new(16);

    private static readonly Dictionary<TypeKind, (JsonRead<object> Read, string[] Right)> Kinds = new()
    {
        [TypeKind.DateTime] = ((ref JsonInput input) => input.ReadDateTime(), ["2024-05-31", "2024-05-31T13:45", "2024-02-29T23:59:59Z", "2024-05-31T13:45:00.1234567+02:00", "0001-01-01T00:00:00.1234567891-14:00"]),
        [TypeKind.DateTimeOffset] = ((ref JsonInput input) => input.ReadDateTimeOffset(), ["2024-05-31T13:45Z", "2024-02-29T23:59:59Z", "2024-05-31T13:45:00.1234567+02:00", "2024-05-31T13:45:00-13:59"]),
        [TypeKind.Time] = ((ref JsonInput input) => input.ReadTimeOnly(), ["13:45:00", "23:59:59.1234567", "00:00:00.1"]),
        [TypeKind.Duration] = ((ref JsonInput input) => input.ReadTimeSpan(), ["00:00:00", "1.02:03:04", "-1.02:03:04.5000000", "10675199.02:48:05.4775807"]),
        [TypeKind.Uuid] = ((ref JsonInput input) => input.ReadGuid(), ["123e4567-e89b-12d3-a456-426614174000", "ABCDEF01-2345-6789-abcd-ef0123456789"]),
        [TypeKind.Version] = ((ref JsonInput input) => input.ReadVersion(), ["1.2", "1.2.3", "10.0.0.4"]),
    };

    public static TheoryData<TypeKind> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_is_read_if_the_pattern_takes_it_and_there_is_such_a_value(TypeKind kind)
    {
        var (read, right) = Kinds[kind];
        var pattern = (string)ScalarKeywords.Of(new TypeSchema { Kind = kind })["pattern"]!;
        var (taken, refused) = (0, 0);
        for (var i = 0; i < Texts; i++)
        {
            var text = right[i % right.Length];
            for (var changes = Random.Next(4); changes > 0; changes--)
            {
                text = Changed(text);
            }

            var isRead = Reading.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)), read).Errors.Count == 0;

            Assert.True(isRead == (JsonInput.Matches(text, pattern) && IsThere(kind, text)), $"{text}: {(isRead ? "read" : "refused")}");
            _ = isRead ? taken++ : refused++;
        }

        Assert.True(Math.Min(taken, refused) > Texts / 20);
    }

    [Theory]
    [InlineData("", 0), InlineData("AQ==", 1), InlineData("AQID", 3), InlineData("AQ\r\nID", 3), InlineData(" A Q I D ", 3)]
    [InlineData("AQ", null), InlineData("AQ=", null), InlineData("AQI", null), InlineData("-_8=", null), InlineData("AQID=", null), InlineData("AQ\u00a0ID", null)]
    public void Bytes_are_read_in_base64_whose_lines_may_be_broken(string text, int? count)
    {
        var (bytes, errors) = Reading.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)), (ref JsonInput input) => input.ReadBytes());

        Assert.Equal(count, errors.Count == 0 ? bytes!.Length : null);
    }

    /// <summary>Whether a text of the right form means something: a pattern knows no calendar, and no limits.</summary>
    private static bool IsThere(TypeKind kind, string text) => kind switch
    {
        TypeKind.DateTime or TypeKind.DateTimeOffset =>
            DateTimeOffset.TryParse(text.Length == 10 ? text : text[..16] + text[Math.Max(16, text.LastIndexOfAny(['Z', '+', '-']) is var at and > 15 ? at : text.Length)..], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && (kind == TypeKind.DateTime || instant.UtcTicks >= 0),
        TypeKind.Duration => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out _),
        TypeKind.Version => Version.TryParse(text, out _),
        _ => true,
    };

    private static string Changed(string text)
    {
        const string Near = "0123456789-+:.TZtz _abcdefABCDEF{}()\t";
        var (at, near) = (Random.Next(text.Length), Near[Random.Next(Near.Length)]);
        return Random.Next(4) switch
        {
            0 when text.Length > 1 => text.Remove(at, 1),
            1 => text.Insert(at, near.ToString()),
            2 => text[..(at + 1)],
            _ => text[..at] + near + text[(at + 1)..],
        };
    }
}
