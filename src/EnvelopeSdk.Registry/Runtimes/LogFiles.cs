using System.Text;

namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>Files to which services append their output.</summary>
internal static class LogFiles
{
    private const long Largest = 10 << 20;
    private const int LongestEnd = 64 << 10;

    /// <summary>
    /// Keeps what is too much in a second file. Its writer appends, and so goes on at the beginning of the first.
    /// </summary>
    public static void Rotate(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > Largest })
        {
            File.Copy(path, path + ".1", overwrite: true);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(0);
        }
    }

    /// <summary>The last lines of a file; nothing when there is none.</summary>
    public static string End(string path, int lines)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, LongestEnd), SeekOrigin.End);
            using var text = new StreamReader(file, Encoding.UTF8);
            return string.Join('\n', text.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
