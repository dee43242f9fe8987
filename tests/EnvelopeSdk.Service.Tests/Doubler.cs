using System.Text.Json;
using EnvelopeSdk.Binding;

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
}

/// <summary>What the generator writes for a service, by hand: the arguments are one number.</summary>
public sealed class DoublerBinding : QueryBinding<Doubler, DoublerArguments>
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

    public override void Invoke(Doubler model, in DoublerArguments arguments, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(model);
        JsonOutput.WriteNumber(writer, model.Predict(arguments.Value));
    }
}

public readonly record struct DoublerArguments(double Value);
