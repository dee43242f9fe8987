using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

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

/// <summary>What the generator writes for a stream, by hand.</summary>
public abstract class DoublesBinding : StreamBinding<Doubler, DoublerArguments, double>
{
    public override DoublerArguments Read(ref JsonInput input) => new DoublerBinding().Read(ref input);

    public override void Write(JsonOutput output, double item)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteDouble(item);
    }
}

public sealed class EnumerateBinding(string name, bool isConcurrent = true) : DoublesBinding
{
    public override string Name => name;

    public override bool IsConcurrent => isConcurrent;

    public override IAsyncEnumerable<double> Invoke(Doubler model, DoublerArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.EnumerateAsync(arguments.Value);
    }
}

public sealed class FollowBinding : DoublesBinding
{
    public override string Name => "follow";

    public override IAsyncEnumerable<double> Invoke(Doubler model, DoublerArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.FollowAsync(arguments.Value, cancellationToken);
    }
}
