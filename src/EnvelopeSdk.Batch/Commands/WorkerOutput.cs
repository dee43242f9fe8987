using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>The standard output of a worker, which has rows and nothing else.</summary>
internal static class WorkerOutput
{
    private const int Output = 1;
    private const int Error = 2;
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of Linux

    /// <summary>Takes it: what a model, or a library of it, writes there from now on goes to the other one.</summary>
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

        var own = Duplicate(Output);
        if (OperatingSystem.IsLinux())
        {
            _ = DuplicateTo(Output, own, CloseOnExec); // a program that the model starts would keep the pipe open
        }

        var pipe = new FileStream(new SafeFileHandle(own, ownsHandle: true), FileAccess.Write, bufferSize: 0);
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

    [DllImport("libc", EntryPoint = "dup3", SetLastError = true)]
    private static extern int DuplicateTo(int file, int other, int flags);
}
