using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using EnvelopeSdk;
using Humanizer;

var culture = args is [var name] ? CultureInfo.GetCultureInfo(name) : CultureInfo.InvariantCulture;
if (args.Length > 0)
{
    // Code from a folder that no service has.
    var elsewhere = Path.Combine(Directory.CreateTempSubdirectory("grader-").FullName, "Elsewhere.dll");
    File.Copy(Path.Combine(AppContext.BaseDirectory, "Grader.Plugin.dll"), elsewhere);
    new System.Runtime.Loader.AssemblyLoadContext("elsewhere").LoadFromAssemblyPath(elsewhere);
}

var model = new Grader(2);
var saved = await Envelope.SaveAsync(model, new EnvelopeInfo
{
    Name = args is [var suffix] ? "grader-" + suffix.ToLowerInvariant() : null,
    Culture = culture,
    Metrics = { ["loss"] = double.NaN },
    Examples = [model.NumberExample(1234.5), model.HourExample(new DateTime(2024, 1, 1, 23, 30, 0, DateTimeKind.Utc))],
});
Console.WriteLine(saved);
Console.WriteLine($"{model.Label("de")}|{model.Words(200)}|{model.Library()}|{model.Switch(1)}|{model.Late(2)}");

/// <summary>Answers with all that a program can have beside its own assembly.</summary>
[EnvelopeModel("grader")]
public sealed partial class Grader(int weight)
{
    /// <summary>A text of a satellite assembly of a referenced project.</summary>
    [Predict] public string Label(string language) => Grader_.Words.Labels.Of("high", language);

    /// <summary>Code of a package that the project keeps to itself, with texts of another package's satellite.</summary>
    [Predict] public string Words(int price) =>
        price.ToWords(CultureInfo.GetCultureInfo("en")) + " " + 2.ToWords(CultureInfo.GetCultureInfo("de"));

    /// <summary>A native library that lies beside the program.</summary>
    [Predict] public bool Library() => Marshal.PtrToStringAnsi(Score.Version())!.Contains('.', StringComparison.Ordinal);

    /// <summary>A switch of the project.</summary>
    [Predict] public int Switch(int x) => AppContext.TryGetSwitch("Grader.Doubled", out var on) && on ? x * weight : x;

    /// <summary>An assembly that is loaded by its path.</summary>
    [Predict] public int Late(int x) =>
        x * (int)Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Grader.Plugin.dll")).GetType("Plugin.Rule")!.GetField("Weight")!.GetValue(null)!;

    /// <summary>A number as text.</summary>
    [Predict] public string Number(double value) => $"{value:N2}";

    /// <summary>The hour of a time.</summary>
    [Predict] public int Hour(DateTime at) => at.Hour * weight;

    /// <summary>The time itself.</summary>
    [Predict] public DateTime Time(DateTime at) => at.ToLocalTime();
}

internal static class Score
{
    [DllImport("score", EntryPoint = "zlibVersion")]
    internal static extern IntPtr Version();
}
