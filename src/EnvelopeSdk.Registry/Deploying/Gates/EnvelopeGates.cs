using System.Globalization;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Registry.Deploying.Gates;

/// <summary>What an envelope must pass that can be told without running it.</summary>
internal sealed class EnvelopeGates(IEnvelopeStore store)
{
    private const int MostChanges = 5;

    /// <param name="envelope">The envelope.</param>
    /// <param name="running">What runs; null: nothing does.</param>
    /// <param name="gates">What it must pass.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was compared; null: nothing.</returns>
    /// <exception cref="EnvelopeException">It does not pass.</exception>
    public async Task<string?> CheckAsync(
        EnvelopeReference envelope, EnvelopeReference? running, DeploymentGates gates,
        CancellationToken cancellationToken)
    {
        if (gates.SignedBy.Count > 0)
        {
            var keys = gates.SignedBy.Select((pem, i) => VerificationKey.Parse(pem, $"/gates/signedBy/{i}")).ToList();
            new SignatureCheck(envelope, keys).Run(await store.ReadSignaturesAsync(envelope, cancellationToken));
        }

        if (gates.Metrics.Count == 0)
        {
            return null;
        }

        var own = (await store.ReadJournalAsync(envelope, cancellationToken)).Labels.Metrics;
        var others = running is null
            ? null
            : await MetricsOfRunningAsync(running, cancellationToken);
        return string.Join(' ', gates.Metrics.Select(gate => Check(gate, own, others, envelope)));
    }

    /// <summary>What callers of what runs cannot go on to do.</summary>
    /// <returns>Null when they can all.</returns>
    public async Task<string?> IncompatibleAsync(
        EnvelopeReference envelope, EnvelopeReference? running, CancellationToken cancellationToken)
    {
        if (running is null || running == envelope)
        {
            return null;
        }

        ModelSchema before;
        try
        {
            before = (await store.OpenAsync(running.Name, running.Digest, cancellationToken)).Record.Schema;
        }
        catch (EnvelopeException gone) when (gone.Error == EnvelopeError.NotFound)
        {
            return $"What runs, '{running}', was deleted, so that nobody can say whether its callers can go on.";
        }

        var after = (await store.OpenAsync(envelope.Name, envelope.Digest, cancellationToken)).Record.Schema;
        var breaking = SchemaComparison.Compare(before, after).Where(one => one.IsBreaking).ToList();
        return breaking.Count == 0 ? null : "Its schema does not fit callers of what runs: " + string.Join(
            ' ', breaking.Take(MostChanges).Select(one => $"{one.Pointer}: {one.Reason}"))
            + (breaking.Count > MostChanges ? $" And {breaking.Count - MostChanges} more." : "");
    }

    private async Task<IReadOnlyDictionary<string, double>?> MetricsOfRunningAsync(
        EnvelopeReference running, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadJournalAsync(running, cancellationToken)).Labels.Metrics;
        }
        catch (EnvelopeException gone) when (gone.Error == EnvelopeError.NotFound)
        {
            return null; // it was deleted, which somebody has approved then
        }
    }

    /// <returns>What was compared.</returns>
    private static string Check(
        MetricGate gate, IReadOnlyDictionary<string, double> own, IReadOnlyDictionary<string, double>? others,
        EnvelopeReference envelope)
    {
        var value = own.TryGetValue(gate.Name, out var known) ? known : double.NaN;
        if (double.IsNaN(value))
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                $"The metric '{gate.Name}' of '{envelope}' is {(own.ContainsKey(gate.Name) ? "NaN" : "not recorded")}, and "
                + "it must not be worse than that of what runs. Record it, or take it out of the gates.");
        }

        if (others?.TryGetValue(gate.Name, out var other) != true || double.IsNaN(other))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"'{gate.Name}' is {value}, with nothing to compare it with.");
        }

        if (gate.Better == MetricGate.Higher ? value < other - gate.Margin : value > other + gate.Margin)
        {
            throw new EnvelopeException(
                EnvelopeError.Mismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The metric '{gate.Name}' of '{envelope}' is {value}, and that of what runs {other}: {gate.Better} is "
                    + $"better, and it may be worse by {gate.Margin}."));
        }

        return string.Create(CultureInfo.InvariantCulture, $"'{gate.Name}' is {value}, and that of what runs {other}.");
    }
}
