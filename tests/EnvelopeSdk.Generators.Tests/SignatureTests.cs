using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class SignatureTests
{
    [Fact]
    public void Parameters_may_have_any_name()
    {
        var service = Service("[Predict] public int Predict(int @class, int @event, int größe, int writer, int answer, int value, int model, int arguments, int input) => @class + @event + größe + writer + answer + value + model + arguments + input;");
        Assert.Equal("45", service.Answer("predict", """{"class":1,"event":2,"größe":3,"writer":4,"answer":5,"value":6,"model":7,"arguments":8,"input":9}"""));
    }

    [Fact]
    public void An_example_is_called_as_the_method_is()
    {
        var model = Model("[Predict] public double Predict(int writer, string answer = \"a\", params double[] rest) => writer + rest.Length;",
            "new Model().PredictExample(1, \"b\", 2, 3).ToString() + new Model().PredictExample(answer: \"c\", writer: 2)");
        Assert.Equal(
            """PredictionExample { Query = predict, Input = {"writer":1,"answer":"b","rest":[2,3]}, Output = 3 }PredictionExample { Query = predict, Input = {"writer":2,"answer":"c","rest":[]}, Output = 2 }""",
            model.RunScript());
    }

    [Fact]
    public void A_token_may_stand_between_a_default_value_and_what_may_be_listed()
    {
        var model = Model("[Predict] public int Predict(int x, int y = 1, System.Threading.CancellationToken token = default, params int[] rest) => x + y + rest.Length;",
            "new Model().PredictExample(1, 2, default, 3, 4).ToString() + new Model().PredictExample(1)");
        Assert.Equal(
            """PredictionExample { Query = predict, Input = {"x":1,"y":2,"rest":[3,4]}, Output = 5 }PredictionExample { Query = predict, Input = {"x":1,"y":1,"rest":[]}, Output = 2 }""",
            model.RunScript());
        Assert.Equal("4", CompiledService.Of(model).Answer("predict", """{"x":1,"rest":[5,6]}"""));
    }

    [Theory]
    [InlineData("params int[] rest")]
    [InlineData("params List<int> rest")]
    [InlineData("params IReadOnlyList<int> rest")]
    [InlineData("params System.Collections.Immutable.ImmutableArray<int> rest")]
    [InlineData("params HashSet<int> rest")]
    [InlineData("[System.ComponentModel.DataAnnotations.MaxLength(2)] params int[] rest")]
    public void What_may_be_listed_may_be_left_out_and_is_empty_then(string parameter)
    {
        var model = Model($"[Predict] public int Predict(int x, {parameter}) {{ foreach (var one in rest) x += one; return x; }}");
        var service = CompiledService.Of(model);
        Assert.Equal(("1", "6"), (service.Answer("predict", """{"x":1}"""), service.Answer("predict", """{"x":1,"rest":[2,3]}""")));
        var rest = model.Schema.Queries[0].Parameters[1];
        Assert.Equal((false, "[]"), (rest.Required, rest.Default.GetRawText()));
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
    }

    [Fact]
    public void What_may_be_listed_and_must_have_an_item_is_required() => Assert.True(
        Model("[Predict] public int Predict([System.ComponentModel.DataAnnotations.MinLength(1)] params int[] rest) => rest[0];").Schema.Queries[0].Parameters[0].Required);

    [Theory]
    [InlineData("__answer")]
    [InlineData("__output")]
    [InlineData("___output")]
    [InlineData("PredictArguments")]
    [InlineData("PredictArguments_")]
    public void A_parameter_may_be_called_as_something_generated_is(string name)
    {
        var model = Model($"[Predict] public int Predict(int {name}, int PredictArguments__ = 1) => {name};", "new Model().PredictExample(2).ToString()");
        Assert.Equal($$"""PredictionExample { Query = predict, Input = {"{{name}}":2,"PredictArguments__":1}, Output = 2 }""", model.RunScript());
        Assert.Equal("3", CompiledService.Of(model).Answer("predict", $$"""{"{{name}}":3}"""));
    }

    [Fact]
    public void The_token_may_be_called_as_a_variable_of_the_example_is() => Assert.Contains("Output = 1", Model(
        "[Predict] public int Predict(System.Threading.CancellationToken __answer) => 1;", "new Model().PredictExample().ToString()").RunScript()!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Several_parameters_of_one_nullable_type_are_recorded_each() => Assert.Contains(
        """{"x":null,"y":2}""", Model("[Predict] public int Predict(int? x, int? y) => 1;", "new Model().PredictExample(null, 2).ToString()").RunScript()!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Overloads_with_names_of_their_own_are_queries_each()
    {
        var model = Model("[Predict] public int Predict(int x, int y) => 1; [Predict(\"other\")] public int Predict(int x, string y) => 2;", "new Model().PredictExample(1, 2).ToString() + new Model().PredictExample(1, \"a\")");

        Assert.Contains("Output = 2", model.RunScript()!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["other", "predict"], model.Schema.Queries.Select(query => query.Name));
    }

    [Fact]
    public void Of_several_constructors_the_one_without_parameters_makes_the_value()
    {
        var service = CompiledService.Of(CompiledModel.Of(
            """
            public class Row { public Row(int x) => X = x; public Row() { } public int X { get; set; } = 7; }
            [EnvelopeModel("test")] public partial class Model { [Predict] public int Predict(Row row) => row.X; }
            """));

        Assert.Equal(("7", "8"), (service.Answer("predict", """{"row":{}}"""), service.Answer("predict", """{"row":{"x":8}}""")));
    }

    [Fact]
    public void Types_of_one_name_have_names_that_say_where_they_are_and_what_they_hold()
    {
        var model = CompiledModel.Of(
            """
            public record Row(int X);
            public record Holder<T>(T Value);
            namespace A.B { public record Row(int X); public record Int32(int X); public record ListOfRow(int X); public static class Outer { public record Row(int X); } }
            [EnvelopeModel("test")]
            public partial class Model
            {
                [Predict] public int Predict(A.B.Row a, Row b, A.B.Outer.Row c, Holder<string?> d, Holder<string> e, Holder<Row?[]> f, A.B.Int32 g, A.B.ListOfRow h) => 1;
            }
            """);

        Assert.Equal(
            ["Row", "global_Row", "A_B_Outer_Row", "HolderOfNullableString", "HolderOfString", "HolderOfArrayOfRow", "A_B_Int32", "A_B_ListOfRow"],
            model.Schema.Queries[0].Parameters.Select(parameter => parameter.Type.Ref));
    }

    [Fact]
    public void A_method_may_take_nothing() => Assert.Equal("1", Service("[Predict] public int Predict() => 1;").Answer("predict", "{}"));

    [Fact]
    public void Each_predict_method_is_a_query_and_no_other_method_is()
    {
        var model = Model(
            """
            [Predict] public int Predict() => 1;
            [Predict] public int PriceRange() => 2;
            [Predict("total-2")] public int Sum() => 3;
            [Predict("total2")] public int OtherSum() => 4;
            [Predict("2nd")] public int Second() => 5;
            public int Helper() => 6;
            """);
        var service = CompiledService.Of(model);
        Assert.Equal(["2nd", "predict", "price-range", "total-2", "total2"], service.Queries);
        Assert.Equal(service.Queries, model.Schema.Queries.Select(query => query.Name));
        Assert.Equal("5,1,2,3,4", string.Join(',', service.Queries.Select(query => service.Answer(query, "{}"))));
    }

    [Fact]
    public void Overloads_are_queries_of_different_names() =>
        Assert.Equal(["by-name", "predict"], Service("[Predict] public int Predict(int x) => x; [Predict(\"by-name\")] public int Predict(string x) => 1;").Queries);

    [Fact]
    public void A_method_may_be_called_by_a_keyword() =>
        Assert.Equal("1", Service("[Predict] public int @event() => 1;").Answer("event", "{}"));

    [Theory]
    [InlineData("public sealed partial class Model { [Predict] public int Predict() => 1; }")]
    [InlineData("public partial record Model { [Predict] public int Predict() => 1; }")]
    [InlineData("public sealed partial class Model() { [Predict] public int Predict() => 1; }")]
    [InlineData("public partial class Model { [Predict] public int Predict() => 1; public record Json(int X); }")]
    public async Task A_model_may_have_no_state(string declaration)
    {
        var model = CompiledModel.Of($"[EnvelopeModel(\"test\")] {declaration}");
        var loaded = await model.SaveAndLoadAsync(Activator.CreateInstance(model.Type)!);
        Assert.Equal("1", CompiledService.Of(model).Answer(loaded, "predict", "{}"));
    }

    [Theory]
    [InlineData("Deep.@event.Space")]
    [InlineData("Größe")]
    [InlineData("EnvelopeSdk")]
    [InlineData("EnvelopeSdk.Service.Generated")]
    [InlineData("Tests.System")]
    public void A_model_may_be_in_any_namespace(string name)
    {
        var service = CompiledService.Of(CompiledModel.Of(
            $$"""
            namespace {{name}}
            {
                public record Input(List<int?> X);
                [EnvelopeModel("test")] public partial class Model { [Predict] public int? Predict(Input input) => input.X[0]; }
            }
            """));
        Assert.Equal("2", service.Answer("predict", """{"input":{"x":[2]}}"""));
    }

    [Fact]
    public void Types_that_warn_of_their_use_do_not_warn_in_generated_code()
    {
        var service = CompiledService.Of(CompiledModel.Of(
            """
            #pragma warning disable TEST1, TEST2
            [System.Diagnostics.CodeAnalysis.Experimental("TEST1")] public record R(Outer.Inner[] X);
            public class Outer { [Obsolete("", DiagnosticId = "TEST2")] public record Inner { [System.Diagnostics.CodeAnalysis.Experimental("TEST3")] public int Y { get; set; } } }
            [EnvelopeModel("test")] public partial class Model { [Predict] public R Predict(R r) => r; }
            """));
        Assert.Equal("""{"x":[{"y":1}]}""", service.Answer("predict", """{"r":{"x":[{"y":1}]}}"""));
    }

    [Fact]
    public void A_model_may_be_written_in_several_files()
    {
        var model = CompiledModel.Of(
            "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public int B() => 1; }",
            "public partial class Model { [Predict] public int A() => 2; }");
        Assert.Equal(["a", "b"], CompiledService.Of(model).Queries);
    }

    [Fact]
    public void Arguments_of_the_wrong_form_are_refused_each_at_its_place() => Assert.Equal(
        """
        /x: Expected an integer from -2147483648 to 2147483647, got a string.
        /z: Expected one of the members 'x', 'y', got an unknown member.
        /y: Expected a value, got nothing: the member is missing.
        """,
        Service("[Predict] public int Predict(int x, int y) => x;").Answer("predict", """{"x":"1","z":2}"""));

    [Theory]
    [InlineData("\"Better\"")]
    [InlineData("3")]
    public void An_enum_value_that_is_not_declared_is_refused_once(string json) => Assert.DoesNotContain(
        '\n', Service("public enum Cut { Fair = 1, Good = 2 } [Predict] public Cut Predict(Cut cut) => cut;").Answer("predict", $$"""{"cut":{{json}}}"""));

    private static CompiledService Service(string members) => CompiledService.Of(Model(members));

    private static CompiledModel Model(string members, string script = "\"\"") => CompiledModel.Of(
        $$"""
        [EnvelopeModel("test")]
        public sealed partial class Model { {{members}} }

        public static class Script { public static string Run() => {{script}}; }
        """);
}
