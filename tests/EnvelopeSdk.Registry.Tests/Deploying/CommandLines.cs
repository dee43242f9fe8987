namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>The processes of this machine, by their command lines.</summary>
internal static class CommandLines
{
    /// <summary>How many have all of some texts, with a zero between arguments.</summary>
    public static int Count(params string[] texts) => Directory.EnumerateDirectories("/proc")
        .Where(one => int.TryParse(Path.GetFileName(one), out _)).Count(one =>
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(one, "cmdline"));
                return texts.All(text => line.Contains(text, StringComparison.Ordinal));
            }
            catch (IOException)
            {
                return false;
            }
        });
}
