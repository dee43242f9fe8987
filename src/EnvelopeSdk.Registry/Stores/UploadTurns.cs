using System.Diagnostics;
using EnvelopeSdk.Layouts;
using EnvelopeSdk.Registry.Distribution;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Stores;

/// <summary>Who writes an upload: one request at a time, and the last that came.</summary>
internal sealed class UploadTurns
{
    private readonly Lock _lock = new();
    private readonly Turns _turns = new();
    private CancellationTokenSource? _writer;
    private long _used = Stopwatch.GetTimestamp();

    public TimeSpan IdleFor => Stopwatch.GetElapsedTime(_used);

    /// <summary>Stops who is writing and waits for its end.</summary>
    /// <returns>What is to be disposed in the end, and what stops this one.</returns>
    /// <exception cref="RefusedException">A later request took the upload over.</exception>
    public async Task<(IDisposable Turn, CancellationToken Stopped)> TakeOverAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested(); // who is gone stops nobody
        var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationTokenSource? before;
        lock (_lock)
        {
            (before, _writer) = (_writer, mine);
        }

        await (before?.CancelAsync() ?? Task.CompletedTask);
        try
        {
            var turn = await _turns.WaitAsync(mine.Token);
            Use();
            return (turn, mine.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TakenOver();
        }
    }

    /// <summary>Waits a moment for who is writing.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        moment.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            using var turn = await _turns.WaitAsync(moment.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Says that something has come.</summary>
    public void Use() => _used = Stopwatch.GetTimestamp();

    /// <summary>Does what a later request may stop.</summary>
    /// <exception cref="RefusedException">A later request stopped it.</exception>
    public static async Task RunAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (OperationCanceledException)
        {
            throw TakenOver();
        }
    }

    public static RefusedException TakenOver() => new(
        StatusCodes.Status409Conflict, "BLOB_UPLOAD_INVALID", "A later request goes on with this upload.");
}
