using EnvelopeSdk.Tests.Sources;

namespace EnvelopeSdk.Analyzers.Tests.Bodies;

/// <summary>State that is set behind the constructor's back.</summary>
internal static class UnstoredCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        Case("private double _mean; public void Fit(double[] x) => _mean = x[0]; [Predict] public double Predict(double x) => x - [|_mean|];",
            "private readonly double _mean = 1; public void Fit(double[] x) => x[0] = _mean; [Predict] public double Predict(double x) => x - _mean;", "_mean"),
        Case("private readonly double[] _w = new double[2]; public void Fit(double x) { _w[0] = x; } [Predict] public double Predict(double x) => [|_w|][0] * x + _w[1];",
            "private readonly double[] _w = new double[2]; public double Fit(double x) => _w[0]; [Predict] public double Predict(double x) => _w[0] * x + _w[1];", "_w"),
        Case("private readonly List<int> _seen = []; public void Fit(int x) { _seen.Add(x); } [Predict] public int Predict(int x) => Count(x); private int Count(int x) => [|_seen|].Count + x;",
            "private readonly List<int> _seen = [1]; public int Fit(int x) => _seen[x]; [Predict] public int Predict(int x) => Count(x); private int Count(int x) => _seen.Count + x;", "_seen"),
        Case("public double Factor { get; set; } = 1; [Predict] public double Predict(double x) => [|Factor|] * x;",
            "public double Factor { get; } = 1; [Predict] public double Predict(double x) => Factor * x;", "Factor"),
        Case("public double Factor { get; init; } = 1; [Predict] public double Predict(double x) => [|this.Factor|] * x;",
            "public double Factor { get; private set; } = 1; [Predict] public double Predict(double x) => this.Factor * x;", "Factor"),
        Case("internal double Factor = 1; [Predict] public double Predict(double x) => [|Factor|] * x;",
            "private double Factor = 1; [Predict] public double Predict(double x) => Factor * x;", "Factor"),
        Case("private double _mean; public double Mean { set { _mean = value; } } [Predict] public double Predict(double x) => x - [|_mean|];",
            "private static readonly double _mean = 1; public double Mean { get { return _mean; } } [Predict] public double Predict(double x) => x - _mean;", "_mean"),
    ];

    private static RuleCase Case(string wrong, string right, string member) => BodyCases.Of("ENV0035", wrong, right, member);
}
