using EnvelopeSdk.Batch.Commands;
using EnvelopeSdk.Batch.Runs;
using EnvelopeSdk.Batch.Tables;
using EnvelopeSdk.Batch.Tests.Model;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Serving;
using EnvelopeSdk.Serving.Generated;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Jobs of the rides in a directory of their own, with tables that DuckDB makes.</summary>
internal sealed class RidesJob : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rides-job-");
    private EnvelopeContent _envelope = null!;

    public static async Task<RidesJob> StartAsync(double perKilometre = 2)
    {
        var job = new RidesJob();
        var store = EnvelopeStore.Open(job.At("store"));
        var rides = new Rides(perKilometre);
        await Envelope.SaveAsync(rides, new() { Examples = RidesExamples.Of(rides) }, store);
        await (await store.OpenAsync("rides")).UnpackAsync(job.At("envelope"));
        job._envelope = await UnpackedEnvelope.OpenAsync(job.At("envelope"));
        return job;
    }

    public string At(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Makes a Parquet file of a query.</summary>
    public string Table(string sql, string name = "in.parquet")
    {
        Query($"COPY ({sql}) TO '{At(name)}' (FORMAT parquet)");
        return At(name);
    }

    /// <summary>Makes the folder of parts of an output, as a run that was killed leaves it.</summary>
    public string Parts(string output)
    {
        var folder = Directory.CreateDirectory(At(output + ".parts")).FullName;
        File.WriteAllText(Path.Combine(folder, "lock"), "1"); // it is never empty when it was had
        return folder;
    }

    /// <summary>Makes a file of text.</summary>
    public string Text(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    /// <summary>Runs a job in this process.</summary>
    public async Task<RunManifest> RunAsync(
        BatchOptions options, IJobListener? listener = null, CancellationToken cancellationToken = default) =>
        await new BatchJob(await OpenAsync(cancellationToken), options, new(options.Input, cancellationToken), listener ?? new Heard(_ => { }))
            .RunAsync(cancellationToken);

    /// <summary>Opens the model, which is not loaded yet.</summary>
    public async Task<ServedModel> OpenAsync(CancellationToken cancellationToken = default) =>
        await ServedModel.OpenAsync(new EnvelopeModelBinding(), _envelope, cancellationToken);

    /// <summary>Runs a job as its program does.</summary>
    public Task<int> RunProgramAsync(params string[] arguments) => BatchCommand.RunAsync(
        OpenAsync, At("appsettings.json"), arguments);

    /// <summary>The rows of a query, each as JSON.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var tables = new DuckTables(At("spill"), 256, 2);
        return tables.Texts($"SELECT CAST(to_json(r) AS VARCHAR) FROM ({sql}) AS r");
    }

    /// <summary>The rows of a file of answers, in their order.</summary>
    public IReadOnlyList<string> RowsOf(string path) => Rows($"SELECT * FROM '{path}'");

    public void Query(string sql)
    {
        using var tables = new DuckTables(At("spill"), 256, 2);
        tables.Run(sql);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}

/// <summary>Hears of finished parts, and of what is not as it should be.</summary>
internal sealed class Heard(Action<BatchProgress> hear) : IJobListener
{
    public List<string> Warnings { get; } = [];

    public void Advanced(BatchProgress progress)
    {
        // what is finished alone is of interest
    }

    public void Finished(BatchProgress progress) => hear(progress);

    public void Warn(string message) => Warnings.Add(message);
}
