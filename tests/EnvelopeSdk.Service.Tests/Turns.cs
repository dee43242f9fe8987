using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Service.Tests;

/// <summary>The query that says how many calls of it run at once.</summary>
public sealed partial class Doubler
{
    private static int _running;

    /// <summary>Counts the calls that have begun.</summary>
    public static int Begun { get; private set; }

    /// <summary>Waits, and says how many calls ran at once at the most in the meantime.</summary>
    /// <param name="value">How long, in milliseconds; a negative time is refused.</param>
    [Predict]
    [NotConcurrent]
    public async Task<double> CountAsync(double value)
    {
        Begun++;
        var most = Interlocked.Increment(ref _running);
        try
        {
            for (var until = DateTime.UtcNow.AddMilliseconds(value < 0 ? throw new ArgumentOutOfRangeException(nameof(value)) : value); DateTime.UtcNow < until;)
            {
                await Task.Delay(1);
                most = Math.Max(most, Volatile.Read(ref _running));
            }

            return most * factor / 2;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}

/// <summary>Binds the query, as if the method had the mark or had not.</summary>
public sealed class CountBinding(string name, bool isConcurrent) : DoublerBinding
{
    public override string Name => name;

    public override bool IsConcurrent => isConcurrent;

    public override async ValueTask InvokeAsync(Doubler model, DoublerArguments arguments, JsonOutput output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        output.WriteDouble(await model.CountAsync(arguments.Value));
    }
}
