using EnvelopeSdk.Analyzers.Tests.Harness;

namespace EnvelopeSdk.Analyzers.Tests;

public class DuplicateEnvelopeTests
{
    [Fact]
    public async Task Two_classes_of_one_envelope_name_are_reported_once_with_both_named()
    {
        var source = new TestSource(Source("price", "[|B|]"));
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile()));
        Assert.Equal(("ENV0026", source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.StartsWith("'N.B' is the envelope 'price', and so is 'A', ", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Single(diagnostic.AdditionalLocations);
    }

    [Fact]
    public async Task Two_classes_of_names_of_their_own_are_not_reported() =>
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(Source("price-2", "B")).Compile()));

    private static string Source(string name, string type) =>
        $$"""
        [EnvelopeModel("price")] public partial class A { [Predict] public int Predict(int x) => x; }
        namespace N { [EnvelopeModel("{{name}}")] public partial class {{type}} { [Predict] public int Predict(int x) => x; } }
        """;
}
