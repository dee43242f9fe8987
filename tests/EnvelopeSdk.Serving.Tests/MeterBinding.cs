using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Serving.Tests;

/// <summary>What the generator writes for a service, by hand.</summary>
public sealed class MeterBinding : ModelBinding<Meter>
{
    public override IReadOnlyList<IModelQuery<Meter>> CreateQueries() =>
    [
        new StreamedQuery<Meter, EachArguments, double>(new EachQuery(), new EachForm()),
        new ModelQuery<Meter, PredictArguments, double>(new PredictQuery(), new PredictForm()),
    ];

    public override async ValueTask<Meter> LoadAsync(StateReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(await reader.ReadJsonAsync("factor", static (ref input) => input.ReadDouble(), cancellationToken));
    }
}

public readonly record struct PredictArguments(double Value, string Unit);

public readonly record struct EachArguments(double Last);

public sealed class PredictQuery : Query<Meter, PredictArguments, double>
{
    public override string Name => "predict";

    public override ValueTask<double> InvokeAsync(
        Meter model, in PredictArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.Predict(arguments.Value, arguments.Unit));
    }

    public override void Visit(in PredictArguments arguments, IArgumentVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Visit(0, arguments.Value);
        visitor.Visit(1, arguments.Unit);
    }
}

public sealed class EachQuery : Query<Meter, EachArguments, IAsyncEnumerable<double>>
{
    public override string Name => "each";

    public override ValueTask<IAsyncEnumerable<double>> InvokeAsync(
        Meter model, in EachArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.EachAsync(arguments.Last));
    }

    public override void Visit(in EachArguments arguments, IArgumentVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Visit(0, arguments.Last);
    }
}

public sealed class PredictForm : JsonForm<PredictArguments, double>
{
    public override void Read(ref JsonInput input, ref PredictArguments arguments)
    {
        var (value, unit, seen) = (0.0, "", 0UL);
        if (input.BeginObject())
        {
            while (input.NextMember())
            {
                if (input.Is("value"u8) && input.BeginMember("value", ref seen, 1))
                {
                    value = input.ReadDouble();
                    input.EndMember();
                }
                else if (input.Is("unit"u8) && input.BeginMember("unit", ref seen, 2))
                {
                    unit = input.ReadString();
                    input.EndMember();
                }
            }

            input.Require("value", seen, 1);
            input.Require("unit", seen, 2);
        }

        arguments = new(value, unit);
    }

    public override void Write(JsonOutput output, double answer)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteDouble(answer);
    }
}

public sealed class EachForm : JsonForm<EachArguments, double>
{
    public override void Read(ref JsonInput input, ref EachArguments arguments)
    {
        var (last, seen) = (0.0, 0UL);
        if (input.BeginObject())
        {
            while (input.NextMember())
            {
                if (input.Is("last"u8) && input.BeginMember("last", ref seen, 1))
                {
                    last = input.ReadDouble();
                    input.EndMember();
                }
            }

            input.Require("last", seen, 1);
        }

        arguments = new(last);
    }

    public override void Write(JsonOutput output, double answer)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteDouble(answer);
    }
}
