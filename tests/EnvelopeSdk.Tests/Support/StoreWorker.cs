using System.Globalization;
using EnvelopeSdk.Journal;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.Tests.Support;

/// <summary>
/// What a process does to a store until it is killed: it adds envelopes of another store, saves them again, tags and
/// signs them, takes them out and collects what is left. What it is about to do it says with "?", and what is done with "=".
/// </summary>
internal static class StoreWorker
{
    public const string Mode = "work";

    /// <summary>The private key, in the source store's directory.</summary>
    public const string KeyFile = "signer.pem";

    /// <summary>Arguments: source, target, the worker's number, of how many, seed.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var (source, target) = (EnvelopeStore.Open(arguments[0]), EnvelopeStore.Open(arguments[1]));
        int[] numbers = [.. arguments[2..].Select(one => int.Parse(one, CultureInfo.InvariantCulture))];
        var random = new Random(numbers[2]);
        using var key = SigningKey.Load(Path.Combine(source.Address, KeyFile));
        var mine = (await source.ListAsync("house-price")).Where((_, i) => i % numbers[1] == numbers[0]).ToList();
        while (true)
        {
            var one = mine[random.Next(mine.Count)];
            var isThere = (await target.ListAsync(one.Name)).Contains(one);
            switch (random.Next(9))
            {
                case < 3:
                    await DoAsync($"add {one.Digest}", async () => await target.CopyAsync(
                        await source.OpenAsync(one.Name, one.Digest), EnvelopeJournal.Empty));
                    break;
                case < 5 when isThere:
                    var value = random.Next().ToString(CultureInfo.InvariantCulture);
                    await DoAsync($"tag {one.Digest} {value}", () => target.TagAsync(
                        one, new Dictionary<string, string?> { ["value"] = value }));
                    break;
                case 5 when isThere:
                    await DoAsync($"delete {one.Digest}", () => target.DeleteAsync(one));
                    break;
                case 6 when isThere:
                    var identity = random.Next(99).ToString(CultureInfo.InvariantCulture); // an envelope has room for 256
                    await DoAsync($"sign {one.Digest} {identity}", () => target.SignAsync(one.ToString(), key, identity));
                    break;
                case 7:
                    await DoAsync("collect", () => target.CollectAsync());
                    break;
            }
        }
    }

    private static async Task DoAsync(string what, Func<Task> action)
    {
        Console.WriteLine("? " + what);
        await action();
        Console.WriteLine("= " + what);
    }
}
