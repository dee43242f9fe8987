using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What a program takes to begin.</summary>
/// <param name="Milliseconds">From its start to its first prediction.</param>
/// <param name="Memory">What it then has, in MB.</param>
internal sealed record FirstAnswer(double Milliseconds, double Memory)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Starts each program many times, in turn.</summary>
    public static async Task<IReadOnlyList<(ServingProgram Program, List<FirstAnswer> Seen)>> RunAsync(
        string directory, IEnumerable<ServingProgram> programs, int times)
    {
        var request = Request(await File.ReadAllBytesAsync(ServingWork.Row.BodyFile(directory)));
        var all = programs.Where(one => one.Contestant != Contestant.Ceiling)
            .Select(one => (Program: one, Seen: new List<FirstAnswer>())).ToList();
        for (var i = 0; i < times; i++)
        {
            Console.Error.WriteLine($"start: {i + 1} of {times}");
            foreach (var (program, seen) in all)
            {
                seen.Add(Run(program, request));
            }
        }

        return all;
    }

    private static FirstAnswer Run(ServingProgram program, byte[] request)
    {
        var begun = Stopwatch.GetTimestamp();
        using var server = program.Start([]);
        while (!IsAnswered(server.Host, request))
        {
            if (Stopwatch.GetElapsedTime(begun) > Limit)
            {
                throw new InvalidOperationException($"{program.Title} answers nothing.");
            }

            Thread.Sleep(1);
        }

        return new(
            Stopwatch.GetElapsedTime(begun).TotalMilliseconds, Taking.Resident(server.ProcessId) / (double)(1 << 20));
    }

    /// <summary>Asks over a connection of its own: nobody may listen yet, or the model may not be loaded.</summary>
    private static bool IsAnswered(string host, byte[] request)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.Connect(IPEndPoint.Parse(host));
            client.Send(request);
            var answer = new byte[4096];
            return Encoding.ASCII.GetString(answer, 0, client.Receive(answer))
                .StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static byte[] Request(byte[] body)
    {
        var head = $"POST /{ServingWork.Row.Route} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
