using System.Runtime.InteropServices;
using System.Text.Json;

// A service whose behaviour is in standin.json beside it, or in variables of its environment.
var settings = new ConfigurationBuilder()
    .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "standin.json"), optional: true)
    .AddEnvironmentVariables("STANDIN_").Build();
(args.Contains("--json") ? Console.Error : Console.Out).WriteLine($"Stands in for {settings["Answer"] ?? "nothing"}.");
if (settings["Ends"] is { } reason)
{
    Console.Error.WriteLine(reason);
    return 3;
}

// A job: it waits, fails as often as it is to, and says its arguments in place of answers.
if (args.Contains("--json"))
{
    var output = args.First(one => one.StartsWith("--output=", StringComparison.Ordinal))["--output=".Length..];
    using var interrupted = new CancellationTokenSource();
    using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        interrupted.Cancel();
    });
    try
    {
        var milliseconds = settings.GetValue("JobMilliseconds", 0);
        if (milliseconds > 0)
        {
            File.WriteAllText(output + ".waits", ""); // signals reach it from now on
        }

        await Task.Delay(milliseconds, interrupted.Token);
    }
    catch (OperationCanceledException)
    {
        return 130;
    }

    File.AppendAllText(output, string.Join(' ', args) + "\n");
    if (File.ReadAllLines(output).Length <= settings.GetValue("JobFailures", 0))
    {
        Console.WriteLine("""{"error":{"code":"unavailable","message":"The disk is full.\nFree space."}}""");
        Console.Error.WriteLine("error: The disk is full.\nFree space.");
        return 5;
    }

    if (args.FirstOrDefault(one => one.StartsWith("--quarantine=", StringComparison.Ordinal)) is { } bad)
    {
        File.WriteAllText(bad["--quarantine=".Length..], $"id,reason,{settings["Secret"]}\n");
    }

    var before = settings["JobDoneBefore"] is { } time ? $",\n  \"finished\": \"{time}\",\n  \"before\": true" : "";
    Console.WriteLine($"The envelope says this.\n{{\n  \"rows\": 10,\n  \"answered\": 9,\n  \"bad\": 1{before}\n}}");
    return 0;
}

var ready = DateTime.UtcNow.AddSeconds(settings.GetValue("StartSeconds", 0.0));
var memory = new byte[settings.GetValue("Megabytes", 0) << 20];
Array.Fill(memory, (byte)1);

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
var calls = 0;
app.MapGet("/health/ready", () => DateTime.UtcNow >= ready ? Results.Ok() : Results.StatusCode(503));
app.MapGet("{name}/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("{name}/file", (string path) =>
{
    try
    {
        return File.ReadAllText(path);
    }
    catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
    {
        return failure.GetType().Name;
    }
});
app.MapPost("{**path}", async (HttpRequest request) =>
{
    using var body = new StreamReader(request.Body);
    if (Recorded(await body.ReadToEndAsync()) is { } recorded)
    {
        return Results.Text(recorded, "application/json");
    }

    if (settings.GetValue("IsBusyUntilReady", false) && DateTime.UtcNow < ready)
    {
        return Results.StatusCode(503);
    }

    var call = Interlocked.Increment(ref calls);
    await Task.Delay(settings.GetValue("DelayMilliseconds", 0));
    if (settings.GetValue("MegabytesAtCall", 0) is var more and > 0)
    {
        unsafe
        {
            var native = (byte*)NativeMemory.Alloc((nuint)more << 20); // no garbage collector knows of it
            new Span<byte>(native, more << 20).Fill(1);
        }
    }

    if (settings.GetValue("EndsAtCall", 0) == call)
    {
        Environment.Exit(4);
    }

    var isFailing = settings.GetValue("FailsEach", 0) is var each and > 0 && call % each == 0;
    return isFailing ? Results.StatusCode(500) : Results.Text(settings["Answer"] ?? "0", "application/json");
});
app.Run();
GC.KeepAlive(memory);
return 0;

// What a recorded example was answered with, unless the service is to answer something else.
string? Recorded(string input)
{
    var path = Path.Combine(AppContext.BaseDirectory, "examples.json");
    if (input.Length == 0 || !File.Exists(path))
    {
        return null;
    }

    var examples = JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray();
    return examples.Where(one => JsonElement.DeepEquals(one.GetProperty("input"), JsonDocument.Parse(input).RootElement))
        .Select(one => settings["Recorded"] ?? one.GetProperty("output").GetRawText()).FirstOrDefault();
}
