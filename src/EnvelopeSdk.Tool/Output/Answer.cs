using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Output;

/// <summary>
/// What a command says at its end: text for people, or with <c>--json</c> one JSON value for programs and nothing else.
/// The forms are in <c>output.schema.json</c>.
/// </summary>
internal static class Answer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The option of every command that has an answer.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON value, for programs." };

    public static bool IsJson(ParseResult parsed) => parsed.GetResult(Json) is not null && parsed.GetValue(Json);

    /// <summary>Prints the answer.</summary>
    /// <param name="parsed">Says which form is asked for.</param>
    /// <param name="json">The form for programs.</param>
    /// <param name="text">The form for people.</param>
    public static void Write(ParseResult parsed, JsonObject json, string text) =>
        Console.Out.WriteLine(IsJson(parsed) ? json.ToJsonString(Options) : text);

    /// <summary>Tells a person something beside the answer, which a script takes from the standard output.</summary>
    public static void Note(ParseResult parsed, string text)
    {
        if (!IsJson(parsed))
        {
            Console.Error.WriteLine(text);
        }
    }

    /// <summary>
    /// Prints why there is no answer: a line on standard error, and with <c>--json</c> an error besides.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static int Fail(ParseResult parsed, Exception failure)
    {
        var message = failure is OperationCanceledException ? "It was interrupted." : failure.Message;
        Fail(parsed, ExitCodes.Name(failure), message);
        return ExitCodes.Of(failure);
    }

    /// <summary>Prints what is wrong with the arguments, for programs.</summary>
    /// <returns>The exit code.</returns>
    public static int FailUsage(ParseResult parsed)
    {
        Fail(parsed, "invalid", string.Join(' ', parsed.Errors.Select(one => one.Message)));
        return ExitCodes.Usage;
    }

    private static void Fail(ParseResult parsed, string code, string message)
    {
        Console.Error.WriteLine("error: " + Texts.PlainLines(message));
        if (IsJson(parsed))
        {
            Write(parsed, new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }, "");
        }
    }
}
