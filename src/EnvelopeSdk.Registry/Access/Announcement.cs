using EnvelopeSdk.Distribution;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// The token of a registry where the command looks for it, and a lock beside it that ends with the process: who listens
/// at the address afterwards is sent nothing.
/// </summary>
internal sealed class Announcement : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private Announcement(string path, FileStream held) => (_path, _lock) = (path, held);

    public static Announcement Make(string path, string token)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var held = Hold(StartTokens.LockOf(path));
        try
        {
            PrivateFile.Write(path, token);
            return new(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        _lock.Dispose();
        File.Delete(StartTokens.LockOf(_path));
    }

    /// <summary>A command may look at it just now.</summary>
    private static FileStream Hold(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new(path, PrivateFile.Options(FileMode.OpenOrCreate));
            }
            catch (IOException) when (attempt < 50)
            {
                Thread.Sleep(10);
            }
        }
    }
}
