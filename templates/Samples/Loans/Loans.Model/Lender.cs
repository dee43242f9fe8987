using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using EnvelopeSdk;

namespace Loans.Model;

/// <summary>What every model of a lender answers.</summary>
public abstract class Lender
{
    private int _calls;

    /// <summary>The largest amount that is lent.</summary>
    [Predict]
    public abstract decimal Limit();

    /// <summary>Lists what is to be paid back, year after year.</summary>
    /// <param name="amount">Amount in euros.</param>
    /// <param name="years">Over how many years.</param>
    /// <param name="cancellationToken">Ends it.</param>
    [Predict]
    public async IAsyncEnumerable<Payment> PlanAsync(
        [Range(typeof(decimal), "1", "1000000")] decimal amount, [Range(1, 50)] int years = 3, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var year = 1; year <= years; year++)
        {
            await Task.Delay(1, cancellationToken);
            yield return new Payment(year, decimal.Round(amount / years, 2));
        }
    }

    /// <summary>Counts how many calls are running while one is, which takes a moment.</summary>
    [Predict, NotConcurrent]
    public async Task<int> RunningAsync()
    {
        var running = ++_calls;
        await Task.Delay(50);
        _calls--;
        return running;
    }
}

/// <summary>What is paid in a year.</summary>
/// <param name="Year">The year, from 1.</param>
/// <param name="Amount">Amount in euros.</param>
public readonly record struct Payment(int Year, decimal Amount);
