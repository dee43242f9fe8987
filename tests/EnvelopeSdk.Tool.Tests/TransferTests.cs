using EnvelopeSdk.Packing;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>Transfers say how far they are.</summary>
public sealed class TransferTests
{
    [Fact]
    public async Task An_export_and_an_import_report_every_byte()
    {
        using var directory = new TempDirectory();
        var golden = await EnvelopeArchive.OpenAsync(ToolRun.Golden);
        var (written, read) = (new Heard(), new Heard());

        await EnvelopeArchive.ExportAsync(
            golden.Content, golden.Journal, directory.At("a.envelope"), progress: written);
        await EnvelopeArchive.ImportAsync(
            directory.At("a.envelope"), EnvelopeStore.Open(directory.At("store")), read);

        written.RoseToTotal();
        read.RoseToTotal();
        Assert.True(written.All[0].Total >= golden.Content.Files.Sum(file => file.Size));
    }

    [ProgramsFact("docker-registry")]
    public async Task A_push_and_a_pull_report_every_byte_and_what_is_there_already_counts_as_done()
    {
        await using var registry = await RegistryProcess.StartAsync();
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var other = new TempDirectory();
        var store = EnvelopeStore.Open(tool.Store);
        var envelope = (await store.OpenAsync(ToolRun.Name)).Reference;
        var address = $"oci://{registry.Host}/a/b:v1";
        var (first, second, pulled) = (new Heard(), new Heard(), new Heard());

        await store.PushAsync(envelope, address, progress: first);
        await store.PushAsync(envelope, address, progress: second);
        await EnvelopeStore.Open(other.At("store")).PullAsync(address, pulled);

        first.RoseToTotal();
        second.RoseToTotal();
        pulled.RoseToTotal();
    }

    [Fact]
    public async Task Verifying_tells_of_bytes_and_walks_over_a_store_of_envelopes()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var store = EnvelopeStore.Open(tool.Store);
        var (verified, walked) = (new Heard(), new Walked());

        await (await store.OpenAsync(ToolRun.Name)).VerifyAsync(verified);
        await store.ExamineAsync(mend: false, restore: false, walked).ToListAsync();
        await store.CollectAsync(walked);

        verified.RoseToTotal();
        Assert.Equal([new(1, 1), new(1, 1)], walked.All);
    }

    [Theory]
    [InlineData(79, "Pulling  25 %  250.0 MB of 1.0 GB  50.0 MB/s  15 s left")]
    [InlineData(39, "Pulling  25 %  250.0 MB of 1.0 GB")]
    [InlineData(19, "Pulling  25 %")]
    public void The_line_of_a_transfer_leaves_out_what_there_is_no_room_for(int width, string line) => Assert.Equal(
        line,
        ProgressDisplay.Line("Pulling", new TransferProgress(250_000_000, 1_000_000_000), TimeSpan.FromSeconds(5), width));

    [Theory]
    [InlineData(79, "Examining  25 %  50 of 200 envelopes  15 s left")]
    [InlineData(40, "Examining  25 %  50 of 200 envelopes")]
    public void The_line_of_a_walk_counts_envelopes(int width, string line) => Assert.Equal(
        line, ProgressDisplay.Line("Examining", new StoreProgress(50, 200), TimeSpan.FromSeconds(5), width));

    [Fact]
    public async Task In_a_pipe_nothing_of_it_is_printed()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        Assert.Equal("", (await tool.RunAsync("export", ToolRun.Name)).Error);
    }

    private sealed class Walked : IProgress<StoreProgress>
    {
        public List<StoreProgress> All { get; } = [];

        public void Report(StoreProgress value) => All.Add(value);
    }

    private sealed class Heard : IProgress<TransferProgress>
    {
        public List<TransferProgress> All { get; } = [];

        public void Report(TransferProgress value) => All.Add(value);

        public void RoseToTotal()
        {
            Assert.NotEmpty(All);
            Assert.Equal(All.Select(one => one.Bytes).Order(), All.Select(one => one.Bytes));
            Assert.Equal(All[^1].Total, All[^1].Bytes);
        }
    }
}
