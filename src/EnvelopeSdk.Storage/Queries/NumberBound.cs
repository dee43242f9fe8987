using System.Globalization;

namespace EnvelopeSdk.Queries;

/// <summary>How a number is compared with the value of a bound.</summary>
public enum NumberComparison
{
    /// <summary>It equals it.</summary>
    Equal,

    /// <summary>It is greater.</summary>
    Greater,

    /// <summary>It is greater, or equals it.</summary>
    AtLeast,

    /// <summary>It is less.</summary>
    Less,

    /// <summary>It is less, or equals it.</summary>
    AtMost,
}

/// <summary>A bound of a number that an envelope has, such as a metric. NaN fits none.</summary>
/// <param name="Name">The number's name.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Value">With what.</param>
public sealed record NumberBound(string Name, NumberComparison Comparison, double Value)
{
    private static readonly (string Sign, NumberComparison Comparison)[] Signs =
    [
        (">=", NumberComparison.AtLeast), ("<=", NumberComparison.AtMost), (">", NumberComparison.Greater),
        ("<", NumberComparison.Less), ("=", NumberComparison.Equal),
    ];

    /// <summary>Reads the written form: <c>r2&gt;0.9</c>, <c>rmse&lt;=10</c>, <c>depth=3</c>.</summary>
    /// <param name="text">A name, one of <c>&gt; &gt;= &lt; &lt;= =</c>, and a number.</param>
    /// <exception cref="EnvelopeException">It has not that form.</exception>
    public static NumberBound Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.AsSpan().IndexOfAny('<', '>', '=');
        if (at > 0)
        {
            var (sign, comparison) = Signs.First(one => text.AsSpan(at).StartsWith(one.Sign));
            if (double.TryParse(
                text[(at + sign.Length)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && !double.IsNaN(value))
            {
                return new(text[..at].Trim(), comparison, value);
            }
        }

        throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{text}' is no condition on a number. Write a name, one of > >= < <= =, and a number: 'r2>0.9'.");
    }

    /// <summary>The written form.</summary>
    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}{Signs.First(one => one.Comparison == Comparison).Sign}{Value:R}");

    /// <summary>Whether a number is within the bound.</summary>
    /// <param name="number">The number; null when there is none, which is within no bound.</param>
    public bool Holds(double? number) => number is { } value && Comparison switch
    {
        NumberComparison.Greater => value > Value,
        NumberComparison.AtLeast => value >= Value,
        NumberComparison.Less => value < Value,
        NumberComparison.AtMost => value <= Value,
        _ => value == Value,
    };
}
