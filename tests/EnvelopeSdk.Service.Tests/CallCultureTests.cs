using System.Globalization;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service.Tests;

/// <summary>A model runs in its own culture, whatever the host's is from one call to the next.</summary>
public sealed class CallCultureTests
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    private readonly ModelCall<object, Nothing, string> _call = new(new Spoken(), new(), French);

    [Fact]
    public async Task The_host_s_culture_may_change_between_calls()
    {
        var another = CultureInfo.ReadOnly(new CultureInfo("fr-FR"));
        var changed = new CultureInfo("fr-FR") { NumberFormat = { NumberDecimalSeparator = "#" } };
        foreach (var host in (CultureInfo[])[French, CultureInfo.InvariantCulture, another, another, changed, CultureInfo.GetCultureInfo("de-CH"), another, changed, French])
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (host, host);
            Assert.Equal("1,5 fr-FR", await _call.InvokeAsync(default, default));

            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
            Assert.Equal("1,5 fr-FR", await _call.InvokeAsync(default, default));
        }
    }

    private readonly struct Nothing;

    private sealed class Spoken : Query<object, Nothing, string>
    {
        public override string Name => "say";

        public override ValueTask<string> InvokeAsync(object model, in Nothing arguments, CancellationToken cancellationToken) =>
            new($"{1.5.ToString(CultureInfo.CurrentCulture)} {CultureInfo.CurrentUICulture.Name}");

        public override void Visit(in Nothing arguments, IArgumentVisitor visitor)
        {
        }
    }
}
