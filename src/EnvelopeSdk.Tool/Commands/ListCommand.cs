using System.CommandLine;

namespace EnvelopeSdk.Tool.Commands;

/// <summary><c>envelope list</c>: the envelopes in the store.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Lists the envelopes in the store, the newest of each name first.");
        command.SetAction((_, cancellation) => RunAsync(EnvelopeStore.Default, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IEnvelopeStore store, CancellationToken cancellation)
    {
        var names = await store.ListNamesAsync(cancellation);
        if (names.Count == 0)
        {
            Console.WriteLine(
                $"There is no envelope in '{store.Address}'. Run a training program that saves one, or set "
                + "ENVELOPE_HOME to another store.");
        }

        foreach (var name in names)
        {
            try
            {
                await WriteAsync(store, name, cancellation);
            }
            catch (EnvelopeException damaged)
            {
                Console.WriteLine($"{name}\n  {damaged.Message}"); // one damaged name must not hide the others
            }
        }

        return 0;
    }

    private static async Task WriteAsync(IEnvelopeStore store, string name, CancellationToken cancellation)
    {
        foreach (var one in (await store.ListAsync(name, cancellation)).Reverse())
        {
            Console.WriteLine(one); // the form that every command and template takes
            Console.WriteLine($"  {await DescribeAsync(store, one, cancellation)}");
        }
    }

    private static async Task<string> DescribeAsync(
        IEnvelopeStore store, EnvelopeReference reference, CancellationToken cancellation)
    {
        try
        {
            var record = (await store.OpenAsync(reference.Name, reference.Digest, cancellation)).Record;
            var labels = (await store.ReadJournalAsync(reference, cancellation)).Labels;
            return string.Join(
                "  ", [Texts.Plain(record.Description ?? "(no description)"), .. labels.Metrics.Select(Texts.Metric)]);
        }
        catch (EnvelopeException damaged)
        {
            return damaged.Message;
        }
    }
}
