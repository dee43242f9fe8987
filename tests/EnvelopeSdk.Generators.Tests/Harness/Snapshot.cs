namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Compares generated text with a file of <c>Snapshots</c>. A snapshot is changed by a person, who has read it.</summary>
internal static class Snapshot
{
    public static void Equal(string name, string actual)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Snapshots", name + ".txt");
        var expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (expected != actual)
        {
            var received = Path.Combine(AppContext.BaseDirectory, "Snapshots", name + ".received.txt");
            File.WriteAllText(received, actual);
            Assert.Fail($"Snapshots/{name}.txt is not what is generated now: compare it with {received}.\n{FirstDifference(expected, actual)}");
        }
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (before, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1}:\n- {before.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }
}
