using System.ComponentModel.DataAnnotations;
using EnvelopeSdk;
using Loans.Shared;

namespace Loans.Model;

/// <summary>Weights of the model.</summary>
public sealed record Weights(double Income, double[][] Table, Dictionary? More = null);

/// <summary>A word and its meaning.</summary>
public sealed record Dictionary(string Word, Dictionary? Next);

/// <summary>Decides on loans.</summary>
[EnvelopeModel("loan")]
public sealed partial class Loan(Weights weights, List<string> reasons, long generation) : Lender
{
    /// <inheritdoc/>
    public override decimal Limit() => 1_000_000m;

    /// <summary>Decides on a loan.</summary>
    /// <param name="applicant">Who asks.</param>
    /// <param name="amount">Amount in euros.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="rate">Yearly rate; 0.1 is ten percent.</param>
    [Predict]
    public Decision Predict(Applicant applicant, decimal amount, Purpose purpose = Purpose.House, float rate = 0.1f, string? channel = "branch", bool @checked = true) =>
        new(amount < 1000, Scoring.Score(applicant.Incomes, weights.Income), [.. reasons, channel ?? "no channel", applicant.Note ?? "no note", $"{generation}"]) { Purpose = purpose };

    /// <summary>Sums lists of numbers.</summary>
    [Predict("sum-all")]
    public double?[] SumAll(List<double?[]> rows) => [.. rows.Select(row => row.All(cell => cell is null) ? null : row.Sum())];

    /// <summary>Takes and answers types whose names are taken or not ASCII, under a name like that of a batch.</summary>
    [Predict("predict-batch")]
    public Größe Measure(ProblemDetails problem) => new(problem.Level);

    /// <summary>Values securities, by purpose.</summary>
    /// <param name="securities">The securities for each purpose.</param>
    /// <param name="rates">Rates, a row for each year.</param>
    /// <param name="channels">How to ask.</param>
    /// <param name="reference">A reference of two letters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    [Predict]
    public async Task<Dictionary<Purpose, decimal>> ValueAsync(
        IReadOnlyDictionary<Purpose, Security[]> securities, double[,] rates, Channels channels, [RegularExpression("[A-Z]{2}")] string? reference = null, CancellationToken cancellationToken = default)
    {
        await Task.Delay(1, cancellationToken);
        var factor = (decimal)rates.Cast<double>().Sum() + (int)channels;
        return securities.ToDictionary(pair => pair.Key, pair => factor * pair.Value.OfType<House>().Sum(house => house.Worth));
    }

    /// <summary>Fails in the ways that a model can.</summary>
    [Predict]
    public double Fail(string how) => how switch
    {
        "nan" => double.NaN,
        "infinity" => double.NegativeInfinity,
        "throw" => throw new InvalidOperationException("internal detail of the model"),
        _ => 0,
    };
}
