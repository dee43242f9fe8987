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
    public void A_query_is_named_after_its_method(string method, string query) => Assert.Equal(query, Names.ToQueryName(method));
}
