using System.Globalization;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>
/// What is asked for: <c>[DIRECTORY] [ROUNDS] [SECONDS] [--only row,rows,jit,start] [--keep]</c>.
/// </summary>
/// <param name="Directory">Where all is built; what is there is used again while the sources are the same.</param>
/// <param name="Rounds">How often each program is measured in its turn.</param>
/// <param name="Seconds">How long each time.</param>
/// <param name="Only">Names of works, forms and other measures; empty: all.</param>
/// <param name="Keep">Whether what is built is used again even if the sources have changed.</param>
internal sealed record ServingOptions(
    string Directory, int Rounds, int Seconds, IReadOnlyList<string> Only, bool Keep)
{
    public const string Start = "start";
    public const string Allocated = "allocated";
    public const string Latency = "latency";
    public const string FastApi = "fastapi";

    private static readonly string[] Measures = [Start, Allocated, Latency, FastApi];

    public IReadOnlyList<ServingWork> Works =>
    [
        .. ServingWork.All.Where(work => Only.Contains(work.Name)
            || (!Only.Any(name => Measures.Contains(name) || IsWork(name)))),
    ];

    public IReadOnlyList<ServingForm> Forms =>
        [.. ServingForm.All.Where(form => Only.Contains(form.Name) || !Only.Any(IsForm))];

    /// <summary>Whether something beside the works under load is to be measured.</summary>
    public bool Has(string measure) =>
        Only.Contains(measure) || !Only.Any(name => Measures.Contains(name) || IsWork(name));

    /// <exception cref="ArgumentException">Nobody knows a name.</exception>
    public static ServingOptions Parse(IReadOnlyList<string> arguments)
    {
        var only = Array.Empty<string>();
        var plain = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--keep":
                    break;
                case "--only":
                    only = arguments[++i].Split(',');
                    break;
                default:
                    plain.Add(arguments[i]);
                    break;
            }
        }

        return only.FirstOrDefault(name => !Measures.Contains(name) && !IsForm(name) && !IsWork(name)) is { } unknown
            ? throw new ArgumentException($"There is no '{unknown}': say {string.Join(", ", Names)}.")
            : new(
                Path.GetFullPath(plain.ElementAtOrDefault(0) ?? Path.Combine(Path.GetTempPath(), "envelope-serving")),
                Number(plain.ElementAtOrDefault(1), 5), Number(plain.ElementAtOrDefault(2), 3), only,
                arguments.Contains("--keep"));
    }

    private static IEnumerable<string> Names => ServingWork.All.Select(work => work.Name)
        .Concat(ServingForm.All.Select(form => form.Name)).Concat(Measures);

    private static bool IsForm(string name) => ServingForm.All.Any(form => form.Name == name);

    private static bool IsWork(string name) => ServingWork.All.Any(work => work.Name == name);

    private static int Number(string? text, int other) =>
        text is null ? other : int.Parse(text, CultureInfo.InvariantCulture);
}
