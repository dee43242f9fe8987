using System.CommandLine;
using System.Text.Json.Nodes;
using EnvelopeSdk.Tool.Batch;
using EnvelopeSdk.Tool.Output;

namespace EnvelopeSdk.Tool.Commands;

/// <summary>
/// <c>envelope worker</c>: makes what an engine that distributes work starts for each part of a table.
/// </summary>
internal static class WorkerCommand
{
    private static readonly NamedEnvelope Named = new();

    private static readonly Option<FileInfo> Output = new("--output", "-o")
    {
        Description = "The file of the worker; what is there is replaced.",
        Required = true,
    };

    private static readonly Option<string?> Runtime = new("--runtime", "-r")
    {
        Description = "For which kind of machine: linux-x64, linux-arm64, win-x64, ...; else for one as this.",
    };

    public static Command Create()
    {
        var command = new ToolCommand(
            "worker",
            "Makes a program of one file that answers an Arrow stream with the model of an envelope.",
            "envelope worker diamond-price -o diamond-worker",
            "envelope worker --tag team=pricing -o worker --runtime linux-arm64")
        {
            Output, Runtime, Answer.Json,
        };
        Named.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var envelope = await Named.OpenAsync(parsed, cancellation);
            var file = parsed.GetValue(Output)!.FullName;
            var reference = envelope.Content.Reference;
            Answer.Note(parsed, $"Building the worker of {reference}.");
            var isNative = await WorkerBuilder.BuildAsync(
                envelope, file, parsed.GetValue(Runtime), note => Answer.Note(parsed, note), cancellation);
            var json = new JsonObject
            {
                ["envelope"] = reference.ToString(),
                ["file"] = file,
                ["bytes"] = new FileInfo(file).Length,
                ["isNative"] = isNative,
            };
            Answer.Write(parsed, json, $"{file} answers Arrow streams with {reference}");
        });
        return command;
    }
}
