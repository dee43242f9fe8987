using System.Text.Json;
using CsCheck;
using EnvelopeSdk.Generators.Parsing.Types;

namespace EnvelopeSdk.Generators.Tests;

public class MemberNameTests
{
    [Theory]
    [InlineData("Carat", "carat")]
    [InlineData("ID", "id")]
    [InlineData("URLOfPage", "urlOfPage")]
    [InlineData("X", "x")]
    [InlineData("already", "already")]
    [InlineData("_Private", "_Private")]
    [InlineData("ÄPFEL", "äpfel")]
    public void A_member_is_called_in_camel_case(string name, string expected) => Assert.Equal(expected, Names.ToCamelCase(name));

    [Fact]
    public void Any_name_is_changed_as_the_serializer_changes_it() => Gen.String[Gen.Char["abXYZ19_ÄöΣI"], 1, 8].Sample(
        name => Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(name), Names.ToCamelCase(name)));
}
