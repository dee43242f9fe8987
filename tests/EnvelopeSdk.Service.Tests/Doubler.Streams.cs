using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace EnvelopeSdk.Service.Tests;

public sealed partial class Doubler
{
    /// <summary>What <see cref="FollowAsync"/> doubles.</summary>
    public static Channel<double> Feed { get; set; } = Channel.CreateUnbounded<double>();

    /// <summary>Ends when the last stream that began is disposed.</summary>
    public static TaskCompletionSource Disposed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many numbers the last stream has counted.</summary>
    public static int Enumerated { get; private set; }

    /// <summary>Counts, without looking at whether anybody listens.</summary>
    /// <param name="value">The last number that is doubled.</param>
    [Predict]
    public async IAsyncEnumerable<double> EnumerateAsync(double value)
    {
        var disposed = Disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            for (Enumerated = 0; Enumerated < value; Enumerated++)
            {
                await Task.CompletedTask;
                yield return (Enumerated + 1) * factor;
            }
        }
        finally
        {
            disposed.SetResult();
        }
    }

    /// <summary>The same, bound as if it were marked.</summary>
    /// <param name="value">The last number that is doubled.</param>
    [Predict("enumerate-in-turn")]
    public IAsyncEnumerable<double> EnumerateInTurn(double value) => EnumerateAsync(value);

    /// <summary>Doubles what comes, until the feed ends or the caller goes away.</summary>
    /// <param name="value">Is answered first, when it is not 0.</param>
    /// <param name="cancellationToken">Is cancelled then.</param>
    [Predict]
    public async IAsyncEnumerable<double> FollowAsync(double value, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var disposed = Disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (value != 0)
            {
                yield return value * factor;
            }

            await foreach (var one in Feed.Reader.ReadAllAsync(cancellationToken))
            {
                yield return one * factor;
            }
        }
        finally
        {
            disposed.SetResult();
        }
    }
}
