using System.Globalization;
using CsCheck;
using EnvelopeSdk.Registry.Pages.Charts;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>Where values stand on a drawn line, and what is written beside it.</summary>
public sealed class AxisTests
{
    [Theory]
    [InlineData(0.0000143799, 0.999058, "0.2 0.4 0.6 0.8")]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(-3, 5, "-2 0 2 4")]
    [InlineData(0.91, 0.93, "0.91 0.915 0.92 0.925 0.93")]
    [InlineData(1e-9, 4e-9, "1E-09 2E-09 3E-09 4E-09")]
    [InlineData(1e300, 9e300, "2E+300 4E+300 6E+300 8E+300")]
    public void Round_values_are_written_beside_it(double low, double high, string expected) => Assert.Equal(
        expected, string.Join(' ', Axis.Of([low, high], 0, 1).Marks().Select(mark => mark.ToString("G6", CultureInfo.InvariantCulture))));

    [Fact]
    public void Whatever_the_values_all_that_is_written_lies_between_them_and_at_least_two_are() =>
        Gen.Select(Gen.Double.Where(double.IsFinite), Gen.Double.Where(double.IsFinite)).Sample((one, other) =>
        {
            var (low, high) = (Math.Min(one, other), Math.Max(one, other));
            var axis = Axis.Of([low, high], 0, 100);
            var marks = axis.Marks().ToList();

            Assert.InRange(marks.Count, 2, 20);
            Assert.All(marks, mark => Assert.InRange(
                double.Parse(axis.At(mark), CultureInfo.InvariantCulture), 0, 100));
        });
}
