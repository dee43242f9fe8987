using System.Text;
using EnvelopeSdk.Batch.Sources;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Which names a pattern matches.</summary>
public sealed class FilePatternTests
{
    [Theory]
    [InlineData("a.csv", "*.csv"), InlineData("a.csv", "a.csv"), InlineData("a.b.csv", "*.csv"), InlineData(".csv", "*.csv"), InlineData("a.csv.csv", "*.csv")]
    [InlineData("a1.csv", "a?.csv"), InlineData("a1.csv", "a[0-9].csv"), InlineData("ax.csv", "a[!0-9].csv"), InlineData("a].csv", "a[]].csv"), InlineData("a-.csv", "a[b-].csv")]
    [InlineData("abcabd", "*abd"), InlineData("aab", "*a*b"), InlineData("", "*"), InlineData("a[.csv", "a[.csv")]
    public void A_name_is_like_a_pattern(string name, string pattern) => Assert.True(FilePattern.Matches(name, pattern));

    [Theory]
    [InlineData("a.csv.gz", "*.csv"), InlineData("a.CSV", "*.csv"), InlineData("acsv", "*.csv"), InlineData("a.csv", "a?.csv"), InlineData("a10.csv", "a?.csv")]
    [InlineData("ax.csv", "a[0-9].csv"), InlineData("a1.csv", "a[!0-9].csv"), InlineData("a", ""), InlineData("", "?")]
    public void A_name_is_not_like_a_pattern(string name, string pattern) => Assert.False(FilePattern.Matches(name, pattern));

    [Theory]
    [InlineData("*.csv", "", "*.csv"), InlineData("in/./*/a.csv", "in", "*/a.csv"), InlineData("in/**", "in", "**/*"), InlineData("../in//*.csv", "../in", "*.csv")]
    public void The_folder_where_a_program_runs_is_no_part_of_a_pattern(string text, string root, string names)
    {
        var pattern = FilePattern.Parse(text)!;

        Assert.Equal(Path.GetFullPath(Path.Combine(Environment.CurrentDirectory, root)), Path.TrimEndingDirectorySeparator(pattern.Root));
        Assert.Equal(names, string.Join('/', pattern.Names.ToArray()));
        Assert.Equal("/", FilePattern.Parse("/*.csv")!.Root);
        Assert.Null(FilePattern.Parse("in/a.csv"));
    }

    [Fact]
    public async Task Names_match_as_the_engine_says_whose_patterns_its_own_queries_have()
    {
        using var job = await RidesJob.StartAsync();
        var random = new Random(7);
        var drawn = Enumerable.Range(0, 2000).Select(_ => (Name: Drawn(random, "ab.c"), Pattern: Drawn(random, "ab.**?c"))).ToList();
        var values = string.Join(", ", drawn.Select((one, i) => $"({i}, '{one.Name}', '{one.Pattern}')"));

        var fitting = job.Rows($"SELECT i FROM (VALUES {values}) AS drawn(i, name, pattern) WHERE name GLOB pattern ORDER BY i");

        Assert.Equal(fitting, drawn.Index().Where(one => FilePattern.Matches(one.Item.Name, one.Item.Pattern)).Select(one => $"{{\"i\":{one.Index}}}"));
        Assert.InRange(fitting.Count, 100, 1900);
    }

    private static string Drawn(Random random, string letters)
    {
        var text = new StringBuilder();
        for (var i = random.Next(8); i > 0; i--)
        {
            text.Append(letters[random.Next(letters.Length)]);
        }

        return text.ToString();
    }
}
