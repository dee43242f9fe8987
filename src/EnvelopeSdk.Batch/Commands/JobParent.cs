using System.Globalization;
using System.Runtime.InteropServices;
using EnvelopeSdk.Batch.Vocabulary;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>
/// The process that started a job and waits for it, if there is one (<see cref="StartedBy"/>): what is killed cannot
/// hand that on. Where there is no parent to ask for, as on Windows, it is not watched.
/// </summary>
internal sealed class JobParent : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Timer? _timer;

    public JobParent(CancellationToken cancellationToken)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken); // lives as long as the program
        Gone = ending.Token;
        if (!OperatingSystem.IsWindows()
            && int.TryParse(
                Environment.GetEnvironmentVariable(StartedBy.Variable), CultureInfo.InvariantCulture, out var parent)
            && IdOfParent() == parent) // else there is another program between them, such as a script called dotnet
        {
            Environment.SetEnvironmentVariable(StartedBy.Variable, null); // what a model starts has another
            _timer = new(
                _ =>
                {
                    if (IdOfParent() != parent)
                    {
                        ending.Cancel();
                    }
                },
                null, TimeSpan.Zero, Pause);
        }
    }

    /// <summary>Is cancelled when it is gone, or what is done is to end anyway.</summary>
    public CancellationToken Gone { get; }

    public void Dispose() => _timer?.Dispose();

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int IdOfParent();
}
