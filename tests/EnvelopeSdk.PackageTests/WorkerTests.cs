using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using EnvelopeSdk.Batch.Tests;

namespace EnvelopeSdk.PackageTests;

/// <summary>The worker of the trained model, made by the command, alone and on a Dask cluster with the template's files.</summary>
[Collection(ProductsCollection.Name)]
public sealed class WorkerTests(Products products)
{
    private const int Parts = 10;
    private const int RowsOfPart = 300;

    [PythonFact("distributed")]
    public async Task A_worker_answers_as_the_training_program_did_and_a_cluster_with_it_loses_nothing_when_one_of_its_workers_is_killed()
    {
        var project = await products.NewAsync("envelope-batch", "DiamondBatch", "--envelope", "diamond-price");
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "worker")).FullName;
        var worker = Path.Combine(directory, "diamond-worker");
        var made = await products.TryRunAsync(
            directory, "dotnet", Path.Combine(AppContext.BaseDirectory, "envelope.dll"), "worker", "diamond-price", "-o", worker);
        Assert.True(made.Code == 0, made.Output);
        var input = Directory.CreateDirectory(Path.Combine(directory, "in")).FullName;
        for (var i = 0; i < Parts; i++)
        {
            DiamondStreams.Write(products.HeldOut.Skip(i * RowsOfPart).Take(RowsOfPart), Path.Combine(input, $"{i:00}.arrows"));
        }

        using var cluster = await DaskCluster.StartAsync(directory);
        var output = Path.Combine(directory, "out");
        var job = cluster.Run(
            Path.Combine(project, "deploy", "envelope_dask.py"), ["--worker", worker, "--output", output, .. Directory.GetFiles(input).Order(StringComparer.Ordinal)]);
        await cluster.KillWorkerAsync(() => Directory.Exists(output) && Directory.EnumerateFiles(output, "*.arrows").Any());
        var said = await job;

        Assert.True(said.Code == 0, said.Output);
        Assert.Equal(Parts, Directory.GetFiles(output, "*.arrows").Length);
        Assert.All( // nothing half made beside them, and what each was made of
            Directory.GetFiles(output).Where(one => !one.EndsWith(".arrows", StringComparison.Ordinal)),
            one => Assert.EndsWith(".arrows.made", one, StringComparison.Ordinal));
        for (var i = 0; i < Parts; i++)
        {
            Assert.Equal(
                products.HeldOut.Skip(i * RowsOfPart).Take(RowsOfPart).Select(row => BitConverter.SingleToInt32Bits(row.Output.GetSingle())),
                DiamondStreams.Read(Path.Combine(output, $"{i:00}.arrows")).Select(BitConverter.SingleToInt32Bits));
        }
    }
}

/// <summary>Diamonds as Arrow streams.</summary>
internal static class DiamondStreams
{
    /// <summary>Writes what is asked for some diamonds.</summary>
    public static void Write(IEnumerable<PredictionExample> rows, string path)
    {
        var inputs = rows.Select(row => row.Input).ToList();
        var columns = inputs[0].EnumerateObject().Select(one => (
            one.Name,
            Values: one.Value.ValueKind == JsonValueKind.Number
                ? (IArrowArray)new FloatArray.Builder().AppendRange(inputs.Select(row => row.GetProperty(one.Name).GetSingle())).Build()
                : new StringArray.Builder().AppendRange(inputs.Select(row => row.GetProperty(one.Name).GetString())).Build())).ToList();
        var schema = new Apache.Arrow.Schema(columns.Select(one => new Field(one.Name, one.Values.Data.DataType, true)), null);
        using var file = File.Create(path);
        using var writer = new ArrowStreamWriter(file, schema);
        writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(one => one.Values), inputs.Count));
        writer.WriteEnd();
    }

    /// <summary>Reads the answers.</summary>
    public static IReadOnlyList<float> Read(string path)
    {
        using var reader = new ArrowStreamReader(File.OpenRead(path));
        var answers = new List<float>();
        while (reader.ReadNextRecordBatch() is { } rows)
        {
            answers.AddRange(((FloatArray)rows.Column("prediction")).Values);
        }

        return answers;
    }
}
