using EnvelopeSdk.Generators.Parsing.Types;

namespace EnvelopeSdk.Generators.Tests;

public class QueryNameTests
{
    [Theory]
    [InlineData("Predict", "predict")]
    [InlineData("PredictPrice", "predict-price")]
    [InlineData("Predict_Price", "predict-price")]
    [InlineData("predict", "predict")]
    [InlineData("TopTen2", "top-ten2")]
    [InlineData("XMLScore", "xml-score")]
    [InlineData("ScoreXML", "score-xml")]
    [InlineData("GrößeSchätzen", "größe-schätzen")]
    [InlineData("ΠρόβλεψηΤιμής", "πρόβλεψη-τιμής")]
    [InlineData("预测", "预测")]
    [InlineData("Pre\u0301dire", "prédire")]
    public void A_query_is_named_after_its_method(string method, string query) => Assert.Equal(query, Names.ToQueryName(method));

    [Fact]
    public void Methods_with_names_of_any_script_are_served_under_routes_of_their_own()
    {
        var model = Harness.CompiledModel.Of("""
            [EnvelopeModel("test")] public partial class Model
            {
                [Predict] public int GrößeSchätzen() => 1;
                [Predict] public int ΠρόβλεψηΤιμής() => 2;
                [Predict] public int 预测() => 3;
                [Predict] public int Prédire() => 4;
            }
            """.Replace("\\u0301", "\u0301", StringComparison.Ordinal));
        var service = Harness.CompiledService.Of(model);
        Assert.Equal(["größe-schätzen", "prédire", "πρόβλεψη-τιμής", "预测"], service.Queries);
        Assert.Equal("1423", string.Concat(service.Queries.Select(query => service.Answer(query, "{}"))));
    }
}
