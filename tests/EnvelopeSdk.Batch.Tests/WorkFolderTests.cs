using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>The folder of parts, which one run at a time has.</summary>
public sealed class WorkFolderTests
{
    private const int Times = 3_000;

    [Fact]
    public async Task No_two_runs_have_the_folder_however_fast_it_comes_and_goes()
    {
        var directory = Directory.CreateTempSubdirectory("work-folder-");
        var output = Path.Combine(directory.FullName, "out.csv");
        var (holders, held) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (Volatile.Read(ref held) < Times)
            {
                TakeOnce();
            }
        }))).WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(directory.EnumerateFileSystemInfos());
        directory.Delete();

        void TakeOnce()
        {
            WorkFolder work;
            try
            {
                work = WorkFolder.Open(output);
            }
            catch (EnvelopeException inUse) when (inUse.Error == EnvelopeError.Unavailable)
            {
                return;
            }

            Assert.Equal(1, Interlocked.Increment(ref holders));
            Interlocked.Increment(ref held);
            Thread.Sleep(0); // another may come meanwhile
            Interlocked.Decrement(ref holders);
            work.Remove();
        }
    }
}
