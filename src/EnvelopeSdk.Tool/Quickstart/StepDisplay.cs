using System.Diagnostics;
using EnvelopeSdk.Tool.Commands;
using Spectre.Console;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>Shows steps while they run, and how long each took.</summary>
internal abstract class StepDisplay
{
    private readonly List<(string Step, TimeSpan Time)> _finished = [];

    /// <summary>A display that is alive in a terminal, and prints plain lines elsewhere.</summary>
    public static StepDisplay Create() =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new TerminalDisplay()
            : new PlainDisplay();

    /// <summary>Runs a step.</summary>
    /// <param name="step">What it does.</param>
    /// <param name="run">Does it; is given where to tell its last line of output.</param>
    public async Task RunAsync(string step, Func<Action<string>, Task> run)
    {
        var watch = Stopwatch.StartNew();
        await ShowAsync(step, run);
        Add(step, watch.Elapsed);
    }

    /// <summary>Adds a row that is no step of its own.</summary>
    public void Add(string row, TimeSpan time) => _finished.Add((row, time));

    /// <summary>Prints the table of steps.</summary>
    public void WriteTable()
    {
        var table = new Table().AddColumn("Step").AddColumn(new TableColumn("Seconds").RightAligned());
        foreach (var (step, time) in _finished)
        {
            table.AddRow(new Text(step), new Text(Texts.Seconds(time).TrimEnd('s', ' ')));
        }

        AnsiConsole.Write(table);
    }

    protected abstract Task ShowAsync(string step, Func<Action<string>, Task> run);

    private sealed class TerminalDisplay : StepDisplay
    {
        protected override async Task ShowAsync(string step, Func<Action<string>, Task> run)
        {
            var watch = Stopwatch.StartNew();
            await AnsiConsole.Status().StartAsync(Markup.Escape(step), status =>
                run(line => status.Status($"{Markup.Escape(step)} [grey]{Markup.Escape(Fit(line))}[/]")));
            AnsiConsole.MarkupLine($"[green]✓[/] {Markup.Escape(step)} [grey]{Texts.Seconds(watch.Elapsed)}[/]");
        }

        private static string Fit(string line)
        {
            var text = line.Trim();
            var width = Math.Max(10, AnsiConsole.Profile.Width - 60);
            return text.Length <= width ? text : text[..(width - 1)] + "…";
        }
    }

    private sealed class PlainDisplay : StepDisplay
    {
        protected override async Task ShowAsync(string step, Func<Action<string>, Task> run)
        {
            Console.WriteLine($"{step} ...");
            await run(_ => { });
        }
    }
}
