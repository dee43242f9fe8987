using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Doubles a number, once its gate is open.</summary>
[EnvelopeModel("doubler")]
public sealed partial class Doubler(double factor)
{
    /// <summary>Loading waits for it, since loading makes an instance.</summary>
    public static ManualResetEventSlim Gate { get; } = new(initialState: true);

    private readonly bool _open = Gate.Wait(TimeSpan.FromSeconds(30));

    /// <summary>Doubles a number.</summary>
    /// <param name="value">The number.</param>
    [Predict]
    public double Predict(double value) => _open ? value * factor : throw new InvalidOperationException("closed");

    /// <summary>Waits until the caller goes away.</summary>
    /// <param name="value">Is answered when it is not negative.</param>
    /// <param name="cancellationToken">Is cancelled then.</param>
    [Predict]
    public async Task<double> WaitAsync(double value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (value < 0)
        {
            Waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => CancelledCalls.TrySetResult(), TaskScheduler.Default);
        }

        return value == 0 ? throw new InvalidOperationException("zero") : value * factor;
    }

    /// <summary>Ends when a call waits.</summary>
    public static TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a waiting call is cancelled.</summary>
    public static TaskCompletionSource CancelledCalls { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What the generator writes for a service, by hand: the arguments are one number.</summary>
public class DoublerBinding : QueryBinding<Doubler, DoublerArguments>
{
    public override string Name => "predict";

    public override DoublerArguments Read(ref JsonInput input)
    {
        double value = 0;
        ulong seen = 0;
        if (input.BeginObject())
        {
            while (input.NextMember())
            {
                if (!input.Is("value"u8))
                {
                    input.UnknownMember("'value'");
                }
                else if (input.BeginMember("value", ref seen, 1))
                {
                    value = input.ReadDouble();
                    input.EndMember();
                }
            }

            input.Require("value", seen, 1);
        }

        return new DoublerArguments(value);
    }

    public override ValueTask InvokeAsync(Doubler model, DoublerArguments arguments, JsonOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        output.WriteDouble(model.Predict(arguments.Value));
        return default;
    }
}

/// <summary>The same for the method that is awaited.</summary>
public sealed class WaitBinding : DoublerBinding
{
    public override string Name => "wait";

    public override async ValueTask InvokeAsync(Doubler model, DoublerArguments arguments, JsonOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        output.WriteDouble(await model.WaitAsync(arguments.Value, cancellationToken));
    }
}

/// <summary>One that generated code never is.</summary>
public sealed class BrokenBinding : DoublerBinding
{
    public override string Name => "broken";

    public override DoublerArguments Read(ref JsonInput input) => throw new InvalidOperationException("a secret");
}

public readonly record struct DoublerArguments(double Value);
