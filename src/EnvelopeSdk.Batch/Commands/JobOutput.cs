using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Batch.Runs;

namespace EnvelopeSdk.Batch.Commands;

/// <summary>What a job says: what it did on standard output, how far it is and what is wrong on the other.</summary>
internal static class JobOutput
{
    public const int Done = 0;
    public const int Usage = 2;

    private const int Interrupted = 130;

    /// <summary>Whether it ends as a message and a code; anything else is a fault of the program.</summary>
    public static bool IsExpected(Exception failure) =>
        failure is EnvelopeException or IOException or UnauthorizedAccessException or OperationCanceledException;

    public static int Fail(Exception failure, bool isJson)
    {
        var message = failure is OperationCanceledException
            ? "It was interrupted. Run it again to go on behind the parts that are finished."
            : failure.Message;
        try
        {
            if (isJson)
            {
                Console.WriteLine(); // the model may have written into this line
                Console.WriteLine(new JsonObject
                {
                    ["error"] = new JsonObject { ["code"] = NameOf(failure), ["message"] = message },
                }.ToJsonString());
            }

            Console.Error.WriteLine($"error: {message}");
        }
        catch (IOException)
        {
            // nobody can hear it: the code says how it ended
        }

        return CodeOf(failure);
    }

    /// <summary>Says on the other output how far a job is.</summary>
    public static JobProgress Progress(bool isJson) => new(
        Console.Error,
        isJson ? ProgressForm.Json : Console.IsErrorRedirected ? ProgressForm.Lines : ProgressForm.Terminal);

    /// <summary>Says what a job did; JSON in lines of its own, whatever the model has written before.</summary>
    public static void Write(RunManifest done, bool isJson) => Console.WriteLine(isJson
        ? $"\n{JsonSerializer.Serialize(done, RunJsonContext.Default.RunManifest)}"
        : string.Create(
            CultureInfo.InvariantCulture, $"{done.Answered} of {done.Rows} rows are answered in {done.Output}")
            + (done.Bad > 0
                ? string.Create(CultureInfo.InvariantCulture, $"; {done.Bad} more in {done.Quarantine}")
                : ""));

    /// <summary>The kind of failure, as the command <c>envelope</c> names it.</summary>
    private static string NameOf(Exception failure) => failure switch
    {
        OperationCanceledException => "interrupted",
        EnvelopeException known => JsonNamingPolicy.CamelCase.ConvertName(known.Error.ToString()),
        FileNotFoundException or DirectoryNotFoundException => "notFound",
        _ => "unavailable",
    };

    private static int CodeOf(Exception failure) => failure switch
    {
        OperationCanceledException => Interrupted,
        EnvelopeException known => known.Error switch
        {
            EnvelopeError.Invalid => Usage,
            EnvelopeError.NotFound => 3,
            EnvelopeError.Damaged => 4,
            EnvelopeError.UnknownVersion => 6,
            EnvelopeError.Unavailable => 5,
            _ => 1,
        },
        FileNotFoundException or DirectoryNotFoundException => 3,
        _ => 5,
    };
}
