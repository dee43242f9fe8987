using EnvelopeSdk.Generators.Parsing.Constraints;

namespace EnvelopeSdk.Generators.Tests;

public class PatternDialectTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData(".", @"[^\n\r\u2028\u2029]")]
    [InlineData("^a$", "^a$")]
    [InlineData("a{2}b{2,}c{2,3}", "a{2}b{2,}c{2,3}")]
    [InlineData("{}]a{,2}", @"\{\}\]a\{,2\}")]
    [InlineData(@"\d\w\D\W", "[0-9][A-Za-z0-9_][^0-9][^A-Za-z0-9_]")]
    [InlineData(@"[\d\w-]", "[0-9A-Za-z0-9_-]")]
    [InlineData("[^[{}.$]", @"[^\[{}.$]")]
    [InlineData(@"\$\.\-\#", @"\$\.-#")]
    [InlineData(@"\s\S\b\B\t\n\r\f\v\cA\x41\u0041\p{Lu}\P{L}\0", @"\s\S\b\B\t\n\r\f\v\cA\x41\u0041\p{Lu}\P{L}\0")]
    [InlineData(@"[\s\b\-\cA\x41\u0041\p{L}\]]", @"[\s\b\-\cA\x41\u0041\p{L}\]]")]
    [InlineData(@"(a)(?:b)(?=c)(?!d)(?<=e)(?<!f)\1", @"(a)(?:b)(?=c)(?!d)(?<=e)(?<!f)\1")]
    [InlineData(@"(a)(a)(a)(a)(a)(a)(a)(a)(a)\9", @"(a)(a)(a)(a)(a)(a)(a)(a)(a)\9")]
    [InlineData(@"(?<one>a)(?<two>b)\k<one>", @"(?<one>a)(?<two>b)\k<one>")]
    public void A_pattern_is_published_in_the_dialect_of_JSON_Schema(string pattern, string published) => Assert.Equal(published, PatternDialect.Of(pattern, out _));
}
