using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service.Tests;

/// <summary>What the generator writes for a service, by hand: the arguments are one number.</summary>
public readonly record struct DoublerArguments(double Value);

public class DoublerForm : JsonForm<DoublerArguments, double>
{
    public override void Read(ref JsonInput input, ref DoublerArguments arguments)
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

        arguments = new(value);
    }

    public override void Write(JsonOutput output, double answer)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteDouble(answer);
    }
}

/// <summary>One that generated code never is.</summary>
public sealed class BrokenForm : DoublerForm
{
    public override void Read(ref JsonInput input, ref DoublerArguments arguments) => throw new InvalidOperationException("a secret");
}

/// <summary>A query that is told what to call.</summary>
public sealed class DoublerQuery<TAnswer>(
    string name, Func<Doubler, double, CancellationToken, ValueTask<TAnswer>> invoke, bool isConcurrent = true)
    : Query<Doubler, DoublerArguments, TAnswer>
{
    public override string Name => name;

    public override bool IsConcurrent => isConcurrent;

    public override ValueTask<TAnswer> InvokeAsync(
        Doubler model, in DoublerArguments arguments, CancellationToken cancellationToken) =>
        invoke(model, arguments.Value, cancellationToken);

    public override void Visit(in DoublerArguments arguments, IArgumentVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        visitor.Visit(0, arguments.Value);
    }
}

public sealed class DoublerBinding : ModelBinding<Doubler>
{
    public override IReadOnlyList<IModelQuery<Doubler>> CreateQueries() =>
    [
        Value("predict", (model, value, _) => new(model.Predict(value))),
        Value("wait", async (model, value, token) => await model.WaitAsync(value, token)),
        new ModelQuery<Doubler, DoublerArguments, double>(
            new DoublerQuery<double>("broken", (model, value, _) => new(model.Broken(value))), new BrokenForm()),
        Value("count", async (model, value, _) => await model.CountAsync(value)),
        Value("count-in-turn", async (model, value, _) => await model.CountAsync(value), isConcurrent: false),
        Value("count-in-turn-too", async (model, value, _) => await model.CountAsync(value), isConcurrent: false),
        Value("refuse", (model, value, _) => new(model.Refuse(value))),
        Stream("enumerate", (model, value, _) => new(model.EnumerateAsync(value))),
        Stream("enumerate-in-turn", (model, value, _) => new(model.EnumerateAsync(value)), isConcurrent: false),
        Stream("follow", (model, value, token) => new(model.FollowAsync(value, token))),
    ];

    public override async ValueTask<Doubler> LoadAsync(StateReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(await reader.ReadJsonAsync("factor", static (ref input) => input.ReadDouble(), cancellationToken));
    }

    private static ModelQuery<Doubler, DoublerArguments, double> Value(
        string name, Func<Doubler, double, CancellationToken, ValueTask<double>> invoke, bool isConcurrent = true) =>
        new(new DoublerQuery<double>(name, invoke, isConcurrent), new DoublerForm());

    private static StreamedQuery<Doubler, DoublerArguments, double> Stream(
        string name, Func<Doubler, double, CancellationToken, ValueTask<IAsyncEnumerable<double>>> invoke,
        bool isConcurrent = true) =>
        new(new DoublerQuery<IAsyncEnumerable<double>>(name, invoke, isConcurrent), new DoublerForm());
}
