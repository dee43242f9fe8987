using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EnvelopeSdk;

namespace Measured;

/// <summary>A model that costs next to nothing, so that what is measured is what is around it.</summary>
/// <param name="weights">What each number of a stone counts.</param>
[EnvelopeModel("measured")]
public sealed partial class MeasuredModel(float[] weights)
{
    /// <summary>Prices a stone.</summary>
    [Predict]
    public float Price(float carat, float depth, float table, float length) =>
        (carat * weights[0]) + (depth * weights[1]) + (table * weights[2]) + (length * weights[3]);

    /// <summary>Says how bright an image is.</summary>
    [Predict]
    public float Image(float[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return Brightness(pixels);
    }

    /// <summary>Says how bright an image of rows, columns and channels is.</summary>
    [Predict]
    public float Tensor(float[,,] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return pixels.Length == 0
            ? 0
            : Brightness(MemoryMarshal.CreateReadOnlySpan(ref pixels[0, 0, 0], pixels.Length));
    }

    /// <summary>Values an order.</summary>
    [Predict]
    public Quote Order(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var total = 0f;
        foreach (var line in order.Lines)
        {
            total += line.Price * line.Count * weights[line.Tags.Count % weights.Length];
        }

        var days = order.Priority == Priority.Express ? 1 : 5;
        return new() { Customer = order.Customer.Name, Total = total, Due = order.Placed.AddDays(days) };
    }

    /// <summary>Says how likely somebody comes to a trip.</summary>
    [Predict]
    public double Trip(
        Guid id, string name, Priority priority, double? age, int bags, bool isMember, decimal fare,
        DateTimeOffset departs, TimeOnly boards, string? seat)
    {
        ArgumentNullException.ThrowIfNull(name);
        var known = (seat?.Length ?? 0) + name.Length + (isMember ? 1 : 0) + (int)priority;
        return ((age ?? 40) * weights[0]) + ((double)fare * weights[1]) + (bags * weights[2]) + known
            + departs.UtcDateTime.Hour + boards.Minute + (id == Guid.Empty ? 1 : 0);
    }

    /// <summary>
    /// The weighted mean, in vectors of a width that is the same everywhere: else native code would round differently.
    /// </summary>
    private float Brightness(ReadOnlySpan<float> pixels)
    {
        var vectors = MemoryMarshal.Cast<float, Vector128<float>>(pixels);
        var sums = Vector128<float>.Zero;
        foreach (var vector in vectors)
        {
            sums += vector;
        }

        var sum = Vector128.Sum(sums);
        foreach (var pixel in pixels[(vectors.Length * Vector128<float>.Count)..])
        {
            sum += pixel;
        }

        return sum * weights[0] / Math.Max(pixels.Length, 1);
    }
}
