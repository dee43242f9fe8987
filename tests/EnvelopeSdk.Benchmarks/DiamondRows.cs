using System.Globalization;
using System.Text;

namespace EnvelopeSdk.Benchmarks;

/// <summary>Bodies of requests to the diamond service.</summary>
internal static class DiamondRows
{
    public static byte[] Batch(int rows) => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, rows).Select(Row))}]");

    private static string Row(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"carat":{{0.2 + (i % 300 / 100.0):0.##}},"cut":"Very Good","color":"E","clarity":"VS1","depth":{{55 + (i % 100 / 10.0):0.#}},"table":57,"x":{{4 + (i % 400 / 100.0):0.##}},"y":4.07,"z":2.31}""");
}
