using System.Diagnostics;
using System.Net;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>How to start a program, again and again.</summary>
/// <param name="Contestant">Which it is.</param>
/// <param name="Form">What it is compiled to.</param>
/// <param name="Command">The command.</param>
internal sealed record ServingProgram(Contestant Contestant, ServingForm Form, IReadOnlyList<string> Command)
{
    private static readonly HttpClient Http = new();

    /// <summary>Whether it knows a work.</summary>
    public bool CanDo(ServingWork work) => Contestant != Contestant.FastApi || FastApiProgram.Works.Contains(work);

    public string Title => $"{Contestant.Title}, {Form.Title}";

    /// <summary>Starts it, without waiting for anything.</summary>
    /// <param name="more">More arguments.</param>
    /// <param name="environment">More of its environment.</param>
    public StartedServer Start(IEnumerable<string> more, params (string Name, string Value)[] environment)
    {
        var host = StartedServer.FreeHost();
        var start = new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. more])
        {
            WorkingDirectory = Path.GetDirectoryName(Command[^1])!,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://{host}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return new(process, host);
    }

    /// <summary>Starts it for a work, and waits until it answers.</summary>
    public async Task<StartedServer> StartAsync(
        string directory, ServingWork work, params (string Name, string Value)[] environment)
    {
        var server = Start(Contestant == Contestant.Ceiling ? [AnswerFile(directory, work)] : [], environment);
        await StartedServer.WaitAsync(server.Host);
        for (var attempt = 0; ; attempt++)
        {
            var (status, answer) = await PostAsync(server, directory, work);
            if (status == HttpStatusCode.OK)
            {
                return server;
            }

            if (attempt == 100)
            {
                server.Dispose();
                throw new InvalidOperationException($"{Title} answers {work.Title} with {status}: {answer}");
            }

            await Task.Delay(50);
        }
    }

    public static async Task<(HttpStatusCode Status, string Answer)> PostAsync(
        StartedServer server, string directory, ServingWork work)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(work.BodyFile(directory)));
        content.Headers.ContentType = new("application/json");
        using var response = await Http.PostAsync(new Uri($"http://{server.Host}/{work.Route}"), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What the service answers, which the ceiling answers too.</summary>
    public static string AnswerFile(string directory, ServingWork work) =>
        Path.ChangeExtension(work.BodyFile(directory), "answer");
}
