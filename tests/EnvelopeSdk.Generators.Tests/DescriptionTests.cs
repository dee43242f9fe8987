using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class DescriptionTests
{
    [Fact]
    public void Documentation_comments_are_the_descriptions_of_the_schema()
    {
        var model = CompiledModel.Of(
            """
            /// <summary>Prices
            ///   diamonds &amp; "<c>stones</c>".</summary>
            [EnvelopeModel("test")]
            public partial class Model
            {
                /// <summary>Predicts with <see cref="Model"/>.</summary>
                /// <param name="stone">The stone.</param>
                /// <returns>A price in <see langword="double"/>.</returns>
                [Predict] public double Predict(Stone stone) => stone.Carat;
            }

            /// <summary>A stone.</summary>
            /// <param name="Carat">Its weight.</param>
            public record Stone(double Carat)
            {
                /// <summary>How it is cut.</summary>
                public Cut Cut { get; init; }
            }

            /// <summary>The quality of a cut.</summary>
            public enum Cut { Fair }
            """);

        var query = Assert.Single(model.Schema.Queries);
        Assert.Equal("Prices diamonds & \"stones\".", model.Schema.Description);
        Assert.Equal("Predicts with Model.", query.Description);
        Assert.Equal("A price in double.", query.ReturnsDescription);
        Assert.Equal("The stone.", Assert.Single(query.Parameters).Description);
        Assert.Equal(["Its weight.", "How it is cut."], model.Schema.TypeOf("Stone").Members!.Select(member => member.Description));
        Assert.Equal(["The quality of a cut.", "A stone."], model.Schema.Types.Select(type => type.Description));
    }

    [Fact]
    public void Descriptions_do_not_change_the_fingerprint()
    {
        const string Source = "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int Predict() => 1; }";
        var described = CompiledModel.Of("/// <summary>Something.</summary>\n" + Source);
        Assert.Equal(CompiledModel.Of(Source).Schema.Fingerprint, described.Schema.Fingerprint);
        Assert.Equal("Something.", described.Schema.Description);
    }
}
