using EnvelopeSdk.Generators.Tests.Harness;
using EnvelopeSdk.Schema;

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

    [Fact]
    public void Remarks_units_and_examples_are_carried_apart_from_the_description()
    {
        var model = CompiledModel.Of(
            """
            /// <summary>Prices diamonds.</summary>
            /// <remarks>Trained on <c>diamonds.csv</c>.</remarks>
            [EnvelopeModel("test")]
            public partial class Model
            {
                /// <summary>Predicts a price.</summary>
                /// <remarks><para>Small stones only.</para></remarks>
                /// <param name="stone">The stone.</param>
                /// <param name="depth">Depth in <unit>mm</unit> from top to bottom. <example>2.1</example></param>
                /// <returns>The price. <unit>USD</unit></returns>
                [Predict] public double Predict(Stone stone, double depth) => stone.Carat * depth;
            }

            /// <summary>A stone.</summary>
            /// <remarks>Cut, not rough.</remarks>
            /// <param name="Carat">Its weight. <example>0.71</example> <unit>ct</unit></param>
            /// <example>{"carat":1,"cut":0,"place":"  Antwerp"}</example>
            public record Stone(double Carat)
            {
                /// <summary>How it is cut. <unit>grade</unit></summary>
                /// <remarks>By a laboratory.</remarks>
                /// <example>1</example>
                public Cut Cut { get; init; }

                /// <value>Where it is. <example>"Antwerp"</example></value>
                public string? Place { get; set; }
            }

            public enum Cut
            {
                Fair,

                /// <summary>Reflects nearly all light.</summary>
                Ideal,
            }
            """);

        var query = Assert.Single(model.Schema.Queries);
        var stone = model.Schema.TypeOf("Stone");
        Assert.Equal(("Prices diamonds.", "Trained on diamonds.csv."), (model.Schema.Description, model.Schema.Remarks));
        Assert.Equal(("Predicts a price.", "Small stones only."), (query.Description, query.Remarks));
        Assert.Equal(("The price.", "USD"), (query.ReturnsDescription, query.ReturnsUnit));
        Assert.Equal(("Depth in mm from top to bottom.", "mm", "2.1"), Said(query.Parameters[1]));
        Assert.Equal(("A stone.", "Cut, not rough.", """{"carat":1,"cut":0,"place":"  Antwerp"}"""), (stone.Description, stone.Remarks, stone.Example));
        Assert.Equal([("Its weight.", "ct", "0.71"), ("How it is cut.", "grade", "1"), ("Where it is.", null, "\"Antwerp\"")], stone.Members!.Select(Said));
        Assert.Equal("By a laboratory.", stone.Members![1].Remarks);
        Assert.Equal([null, "Reflects nearly all light."], model.Schema.TypeOf("Cut").ValueDescriptions);
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
    }

    [Fact]
    public void What_a_comment_does_not_say_is_said_by_the_one_that_it_inherits()
    {
        var model = CompiledModel.Of(
            """
            public abstract class Base
            {
                /// <summary>Predicts a price.</summary>
                /// <param name="stone">The stone.</param>
                /// <param name="depth">Its depth. <unit>mm</unit></param>
                /// <returns>The price.</returns>
                [Predict] public abstract double Predict(Stone stone, double depth);
            }

            /// <inheritdoc cref="IPriced"/>
            [EnvelopeModel("test")]
            public partial class Model : Base
            {
                /// <summary>Predicts it well.</summary>
                public override double Predict(Stone s, double d) => s.Carat;
            }

            /// <summary>Something that has a price.</summary>
            public interface IPriced
            {
                /// <summary>Its weight.</summary>
                double Carat { get; }
            }

            /// <summary>A thing.</summary>
            public record Thing
            {
                /// <summary>Where it is.</summary>
                public virtual string? Place { get; set; }
            }

            /// <inheritdoc/>
            public record Stone : Thing, IPriced
            {
                /// <inheritdoc/>
                public double Carat { get; set; }

                public override string? Place { get; set; }

                /// <inheritdoc cref="Place"/>
                public string? Home { get; set; }

                /// <inheritdoc cref="Endless"/>
                public int Endless { get; set; }
            }
            """);

        var query = Assert.Single(model.Schema.Queries);
        Assert.Equal("Something that has a price.", model.Schema.Description);
        Assert.Equal(("Predicts it well.", "The price."), (query.Description, query.ReturnsDescription));
        Assert.Equal([("The stone.", null, null), ("Its depth.", "mm", null)], query.Parameters.Select(Said));
        Assert.Equal("A thing.", model.Schema.TypeOf("Stone").Description);
        Assert.Equal(["Its weight.", "Where it is.", "Where it is.", null], model.Schema.TypeOf("Stone").Members!.Select(member => member.Description));
    }

    [Fact]
    public void A_base_class_in_another_assembly_has_no_comments_left()
    {
        var model = CompiledModel.OfLibrary(
            "public class Base { /// <summary>Predicts.</summary>\n[Predict] public virtual int Predict(int x) => x; }",
            "/// <summary>Here.</summary>\n[EnvelopeModel(\"test\")] public partial class Model : Base { /// <inheritdoc/>\npublic override int Predict(int x) => x; }");

        Assert.Equal(("Here.", null), (model.Schema.Description, Assert.Single(model.Schema.Queries).Description));
    }

    [Fact]
    public void The_description_attribute_stands_for_a_comment_that_is_not_there()
    {
        var model = CompiledModel.Of(
            """
            using System.ComponentModel;
            [EnvelopeModel("test"), Description("A model.")] public partial class Model { [Predict, Description("Predicts.")] public int Predict([Description("A number.")] int x, Row row) => x; }
            [Description("A row.")] public record Row([Description("A member.")] int Y) { [Description("Another.")] public int Z { get; set; } }
            """);

        var query = Assert.Single(model.Schema.Queries);
        Assert.Equal(("A model.", "Predicts.", "A number."), (model.Schema.Description, query.Description, query.Parameters[0].Description));
        Assert.Equal(["A row.", "A member.", "Another."], model.Schema.TypeOf("Row").Members!.Select(member => member.Description).Prepend(model.Schema.TypeOf("Row").Description));
    }

    [Fact]
    public void A_member_is_described_where_it_is_said_first_of_all_the_places_that_can_say_it()
    {
        var model = CompiledModel.Of(
            """
            [EnvelopeModel("test")] public partial class Model { [Predict] public int Predict(Row row, Class made) => 1; }

            /// <summary>A row.</summary>
            /// <param name="A">Said of the record.</param>
            /// <param name="B"></param>
            public record Row(int A, int B)
            {
                /// <summary>Said of the property.</summary>
                public int B { get; init; } = B;
            }

            public class Class
            {
                /// <summary>Makes it of <paramref name="a"/> and <see langword="null"/>.</summary>
                /// <param name="a">Said of the constructor.</param>
                /// <param name="b"></param>
                public Class(int a, int b) => (A, B) = (a, b);

                /// <summary>Is not said.</summary>
                public int A { get; }

                /// <summary>A summary with <see cref="Class(int, int)"/>, <see cref="List{T}"/> and <see cref="Math.Max(int, int)"/>.</summary>
                /// <value>A value. <unit>m</unit></value>
                /// <unit>km</unit>
                /// <example>7</example>
                public int B { get; }

                /// <value>Only <c>x</c> a value. <unit>m</unit> <example>8</example></value>
                public int C { get; set; }

                /// <summary></summary>
                public int D { get; set; }
            }
            """);

        Assert.Equal([("Said of the record.", null, null), ("Said of the property.", null, null)], model.Schema.TypeOf("Row").Members!.Select(Said));
        Assert.Equal(
            [("Said of the constructor.", null, null), ("A summary with Class, List and Max.", "km", "7"), ("Only x a value.", "m", "8"), (null, null, null)],
            model.Schema.TypeOf("Class").Members!.Select(Said));
    }

    [Fact]
    public void What_is_no_XML_is_no_description_and_no_failure()
    {
        var run = GeneratorRun.Of(TestProject.Create(
            "Training", TestReferences.Training,
            "/// <summary>Less < more.</summary>\n[EnvelopeModel(\"test\")] public partial class Model { /// <inheritdoc/>\n[Predict] public int Predict(Row x) => 1; }\n/// <inheritdoc/>\npublic record Row(int X);"));

        Assert.DoesNotContain("more", run.Source, StringComparison.Ordinal);
    }

    private static (string? Description, string? Unit, string? Example) Said(MemberSchema member) => (member.Description, member.Unit, member.Example);
}
