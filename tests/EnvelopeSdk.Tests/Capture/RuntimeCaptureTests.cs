using EnvelopeSdk.Capture;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

public sealed class RuntimeCaptureTests : IDisposable
{
    private readonly TempStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_properties_of_a_runtime_configuration_are_read_with_their_kinds()
    {
        var read = RuntimeCapture.Read("""
            { "runtimeOptions": { "tfm": "net10.0", "configProperties": { "Some.Switch": true, "Some.Text": "on", "Some.Number": 7 } } }
            """u8);

        Assert.Equal(["Some.Number=7", "Some.Switch=true", "Some.Text=\"on\""], read.Select(one => $"{one.Key}={one.Value.GetRawText()}"));
    }

    [Fact]
    public void A_configuration_without_properties_has_none() => Assert.Empty(RuntimeCapture.Read("{}"u8));

    [Fact]
    public async Task A_service_takes_those_that_can_change_an_answer_and_not_those_of_its_host()
    {
        await _store.SaveAsync();
        var record = (await _store.Store.OpenAsync("house-price")).Record with
        {
            Configuration = RuntimeCapture.Read("""
                {
                  "runtimeOptions": {
                    "configProperties": {
                      "System.GC.Server": true, "System.Runtime.TieredPGO": false, "System.Threading.ThreadPool.MinThreads": 4,
                      "System.Globalization.Invariant": true, "Scoring.Version2": "yes", "Switch.System.Text.Old": false
                    }
                  }
                }
                """u8),
        };

        Assert.Equal(
            [("Scoring.Version2", "yes"), ("Switch.System.Text.Old", "false"), ("System.Globalization.Invariant", "true")],
            RuntimeSettings.Answering(record));
    }

    [Fact]
    public async Task It_is_recorded_whether_there_is_culture_data()
    {
        await _store.SaveAsync();

        Assert.False((await _store.Store.OpenAsync("house-price")).Record.IsInvariant);
    }
}
