using System.Globalization;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// What is left of a group of processes whose first has ended, as Linux tells it. The id of a group is no other's while
/// anything of it runs; a file that says the id may be older.
/// </summary>
internal static class ProcessGroup
{
    /// <summary>Where the state and the group are behind the name in /proc/ID/stat (proc_pid_stat(5)).</summary>
    private const int State = 0;
    private const int Group = 2;

    /// <summary>Whether something of a group runs, which got a variable when its first process was started.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="variable">The variable with its value, which no other group got.</param>
    public static bool Runs(int id, string variable) => OperatingSystem.IsLinux()
        && Directory.EnumerateDirectories("/proc").Where(one => char.IsAsciiDigit(one["/proc/".Length]))
            .Any(one => IsOf(one, id) && Read(one, "environ").Split('\0').Contains(variable));

    private static bool IsOf(string process, int group)
    {
        var stat = Read(process, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > Group && fields[State] is not ("Z" or "X")
            && fields[Group] == group.ToString(CultureInfo.InvariantCulture);
    }

    private static string Read(string process, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, name));
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended, or is another user's
        }
    }
}
