using System.Diagnostics;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registry.Tests.Deploying;

/// <summary>
/// Requests while one envelope takes the place of another. How often that happens, the environment variable says.
/// </summary>
[Collection(ProcessesCollection.Name)]
public sealed class SwitchTests
{
    private const int Callers = 4;

    private static readonly int Switches = int.Parse(
        Environment.GetEnvironmentVariable("ENVELOPE_TEST_SWITCHES") ?? "8",
        System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_request_fails_while_one_envelope_takes_the_place_of_another_or_is_rolled_back()
    {
        await using var store = await DeployedStore.StartAsync();
        await store.ConfigureAsync();
        var envelopes = new[] { await store.AddAsync(1), await store.AddAsync(2) };
        await store.DeployUntilAsync(envelopes[0]);

        var (answers, isDone) = (new System.Collections.Concurrent.ConcurrentDictionary<string, int>(), false);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isDone))
            {
                answers.AddOrUpdate(await store.AnswerAsync(), 1, (_, count) => count + 1);
            }
        })).ToList();
        var took = Stopwatch.StartNew();
        for (var i = 1; i <= Switches; i++)
        {
            if (i % 4 == 0)
            {
                await store.ComesToAsync(await store.RollBackAsync(), DeploymentState.Live);
            }
            else
            {
                await store.DeployUntilAsync(envelopes[i % 2]);
            }
        }

        Volatile.Write(ref isDone, true);
        await Task.WhenAll(callers);
        Console.WriteLine(
            $"{Switches} switches in {took.Elapsed.TotalSeconds:0} s under {Callers} callers: "
            + string.Join(", ", answers.Select(one => $"{one.Value} answers {one.Key}")));
        Assert.Equal(["1", "2"], answers.Keys.Order());
    }
}
