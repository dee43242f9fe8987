namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Compares generated text with a file of <c>Snapshots</c>. A snapshot is changed by a person, who has read it.</summary>
internal static class Snapshot
{
    /// <param name="name">The name of the file.</param>
    /// <param name="actual">What is generated now.</param>
    /// <param name="consequence">What a change of it asks for.</param>
    public static void Equal(string name, string actual, string consequence = "")
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Snapshots", name + ".txt");
        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            var received = Path.Combine(AppContext.BaseDirectory, "Snapshots", name + ".received.txt");
            File.WriteAllText(received, actual);
            Assert.Fail(
                $"Snapshots/{name}.txt is not what is generated now: compare it with {received}.\n"
                + $"{FirstDifference(expected, actual)}\n{consequence}");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (before, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1}:\n- {before.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }
}
