using System.Text;
using System.Text.Json;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>A row that training never saw, with what the training program predicted for it.</summary>
internal static class HeldOutRow
{
    /// <summary>A row behind the ones that became examples of the envelope.</summary>
    private const int Row = 100;

    /// <summary>Reads it, as the training program wrote it last.</summary>
    public static PredictionExample Read(Workspace workspace) => JsonSerializer.Deserialize<PredictionExample>(
        File.ReadLines(Path.Combine(workspace.TrainingProject, "holdout.jsonl")).ElementAt(Row))!;

    /// <summary>The body of a request for its prediction.</summary>
    public static byte[] Body(PredictionExample row) => Encoding.UTF8.GetBytes(row.Input.GetRawText());
}
