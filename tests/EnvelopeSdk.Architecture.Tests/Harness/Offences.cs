namespace EnvelopeSdk.Architecture.Tests.Harness;

/// <summary>Fails with one line for each thing that a rule does not allow.</summary>
internal static class Offences
{
    public static void None(IEnumerable<string> found)
    {
        var lines = found.ToList();
        Assert.True(lines.Count == 0, string.Join(Environment.NewLine, lines));
    }
}
