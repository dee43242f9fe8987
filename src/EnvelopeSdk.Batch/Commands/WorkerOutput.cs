using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>The standard output of a worker, which has rows and nothing else.</summary>
internal static class WorkerOutput
{
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>Takes it: what a model, or a library of it, writes there from now on goes to the other output.</summary>
    public static Stream Take()
    {
        var output = Open();
        if (!OperatingSystem.IsWindows())
        {
            _ = DuplicateTo(Error, Output);
        }

        Console.SetOut(Console.Error);
        return output;
    }

    /// <summary>
    /// Of a pipe, unlike the console's, its end is an error when nobody reads it any more; a file is written by the
    /// console's, which goes on where another program ended.
    /// </summary>
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var pipe = new FileStream(new SafeFileHandle(Duplicate(Output), ownsHandle: true), FileAccess.Write, bufferSize: 0);
        if (!pipe.CanSeek)
        {
            return pipe;
        }

        pipe.Dispose();
        return Console.OpenStandardOutput(); // which has a descriptor of its own
    }

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static extern int Duplicate(int file);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static extern int DuplicateTo(int file, int other);
}
