using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed partial class QuickstartTests(Products products)
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "envelope.dll");

    /// <summary>In surroundings that speak of another registry, and of a proxy that leads nowhere.</summary>
    [Fact]
    public async Task The_quick_start_walks_the_whole_way_without_a_failed_request_whatever_is_around_it_and_serves_until_ctrl_c_which_leaves_no_process_behind()
    {
        using var proxy = new OutsideProxy();
        var others = Scratch(); // what a quick start of somebody else has here
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lines = new ConcurrentQueue<string>();
        using var process = ChildProcess.Start(
            products.Workspace.PackEnvironment, products.Workspace.Repository!,
            line =>
            {
                lines.Enqueue(line);
                if (line.StartsWith("Press Ctrl-C", StringComparison.Ordinal))
                {
                    serving.TrySetResult();
                }
            },
            "env", "--default-signal=INT", // a shell's background jobs ignore it
            "http_proxy=" + proxy.Address, "ENVELOPE_KEY=env_of_another", "ENVELOPE_REGISTRY_DATABASE=Host=nowhere.invalid",
            "dotnet", Tool, "quickstart");
        try
        {
            await Task.WhenAny(serving.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromMinutes(10));
            var output = string.Join('\n', lines);
            Assert.True(serving.Task.IsCompleted, output);
            AssertWhole(output);
            var curl = lines.Last(line => line.StartsWith("curl ", StringComparison.Ordinal));
            Assert.Contains("--noproxy 127.0.0.1", curl, StringComparison.Ordinal);
            Assert.Matches(Number(), await products.RunAsync(
                products.Workspace.Root, "env", "http_proxy=" + proxy.Address, "sh", "-c", curl.Replace("curl ", "curl -s ", StringComparison.Ordinal)));
            Assert.NotEqual(others, Scratch());
            Assert.Contains(Scratch(), one => one.Contains("gateway", StringComparison.Ordinal));

            await products.RunAsync(products.Workspace.Root, "sh", "-c", $"kill -INT {process.Id}");
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));

            Assert.Equal(0, process.ExitCode);
            Assert.Equal(others, Scratch());
            Assert.Empty(proxy.Refused);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static void AssertWhole(string output)
    {
        Assert.Contains("Pack the packages", output, StringComparison.Ordinal);
        Assert.Contains("From the saved envelope to the first answer", output, StringComparison.Ordinal);
        Assert.Matches(ServiceLine(), output);
        Assert.Contains("predict the same, to the last bit", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output); // a pipe gets plain lines
        Assert.Contains("\n  canary: 25 % of the requests ...\n", output, StringComparison.Ordinal);
        Assert.InRange(Figure(output, "Requests sent meanwhile: "), 100, double.MaxValue);
        Assert.Equal(0, Figure(output, "Requests that failed: "));
        Assert.InRange(Figure(output, "From the save of the better model to its first answer: "), 0.1, double.MaxValue);
        Assert.InRange(Figure(output, "Rolled back in: "), 0.1, double.MaxValue);
    }

    [Fact]
    public async Task A_step_that_fails_prints_its_output_and_what_to_do()
    {
        var feed = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "half-feed")).FullName;
        var templates = Directory.EnumerateFiles(products.Workspace.Feed, "EnvelopeSdk.Templates.*.nupkg").Single();
        File.Copy(templates, Path.Combine(feed, Path.GetFileName(templates)), overwrite: true);

        var (code, output) = await products.TryRunAsync(products.Workspace.Root, "dotnet", Tool, "quickstart", "--exit", "--source", feed);

        Assert.NotEqual(0, code);
        Assert.Contains("NU1101", output, StringComparison.Ordinal); // the restore's own words
        Assert.Contains("run the quick start again", output, StringComparison.Ordinal);
    }

    /// <summary>The scratch directories of quick starts, and the command lines of the processes that run something in them.</summary>
    private static IEnumerable<string> Scratch()
    {
        const string Pattern = "envelope-quickstart-";
        var processes = Directory.EnumerateDirectories("/proc").Select(process =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                return ""; // no process, or one that has just ended
            }
        });
        return [.. Directory.EnumerateDirectories(Path.GetTempPath(), Pattern + "*").Concat(processes.Where(command => command.Contains(Pattern, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    /// <summary>The number behind a text at the beginning of a line.</summary>
    private static double Figure(string output, string text)
    {
        var line = Assert.Single(output.Split('\n'), one => one.StartsWith(text, StringComparison.Ordinal));
        return double.Parse(line[text.Length..].TrimEnd('s', ' '), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^Service: http://127\.0\.0\.1:\d+$", RegexOptions.Multiline)]
    private static partial Regex ServiceLine();

    [GeneratedRegex(@"^\d+(\.\d+)?$")]
    private static partial Regex Number();
}
