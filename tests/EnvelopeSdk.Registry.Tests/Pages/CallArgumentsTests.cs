using System.Text.Json;
using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Registry.Pages.Deployments;
using EnvelopeSdk.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EnvelopeSdk.Registry.Tests.Pages;

/// <summary>How the arguments of a call stand in a form, and what is sent of it.</summary>
public sealed class CallArgumentsTests
{
    private const string Greatest = "340282366920938463463374607431768211455";

    private static readonly ModelSchema Schema = new()
    {
        Vocabulary = 1,
        Fingerprint = "sha256:00",
        Queries = [],
        Types =
        [
            new() { Name = "Cut", Values = [Json("\"Ideal\""), Json("\"Fair\"")] },
            new() { Name = "Size", Values = [Json("1"), Json("20")], Names = ["Small", "Large"] },
        ],
    };

    [Theory]
    [InlineData(TypeKind.Int32, "12", "12", "12")]
    [InlineData(TypeKind.UInt128, Greatest, Greatest, null)]
    [InlineData(TypeKind.Double, "1e-7", "1e-7", null)]
    [InlineData(TypeKind.String, "\"a \\\"b\\\"\"", "a \"b\"", "\"a \\u0022b\\u0022\"")]
    [InlineData(TypeKind.Date, "\"2026-01-31\"", "2026-01-31", null)]
    [InlineData(TypeKind.Boolean, "true", "true", null)]
    [InlineData(TypeKind.Array, "[1,2]", "[1,2]", null)]
    public void A_value_of_an_example_stands_in_its_field_and_is_sent_as_it_was(
        TypeKind kind, string json, string shown, string? sent)
    {
        var field = Field(new() { Kind = kind, Items = new() { Kind = TypeKind.Int32 } });

        var filled = CallArguments.Filled([field], Example(json));

        Assert.Equal(shown, filled[field.Name]);
        Assert.Equal($$"""{"it":{{sent ?? json}}}""", Send(field, shown));
    }

    [Theory]
    [InlineData("Cut", "\"Fair\"", "Fair")]
    [InlineData("Size", "20", "Large")]
    public void Of_an_enum_one_value_is_chosen_by_its_name(string type, string value, string label)
    {
        var field = Field(new() { Kind = TypeKind.Ref, Ref = type });

        Assert.Contains((value, label), field.Choices);
        Assert.Equal($$"""{"it":{{value}}}""", Send(field, value));
        Assert.Throws<EnvelopeException>(() => Send(field, "\"Other\""));
    }

    [Theory]
    [InlineData(TypeKind.Double, true, false, "{}")]
    [InlineData(TypeKind.Double, true, true, """{"it":null}""")]
    [InlineData(TypeKind.Double, false, true, "{}")]
    [InlineData(TypeKind.String, true, false, """{"it":""}""")]
    [InlineData(TypeKind.String, true, true, """{"it":null}""")]
    [InlineData(TypeKind.String, false, false, "{}")]
    [InlineData(TypeKind.Boolean, true, false, """{"it":false}""")]
    [InlineData(TypeKind.Boolean, true, true, """{"it":null}""")]
    public void What_is_left_empty_is_left_out_or_the_nearest_to_nothing_that_it_can_be(
        TypeKind kind, bool isRequired, bool isNullable, string sent) =>
        Assert.Equal(sent, Send(Field(new() { Kind = kind, Nullable = isNullable }, isRequired), ""));

    [Theory]
    [InlineData(TypeKind.Int32, "twelve", "'twelve' is no number. Mend 'it'.")]
    [InlineData(TypeKind.Array, "[1,", "'[1,' is no JSON. Mend 'it'.")]
    public void What_is_no_value_of_its_kind_is_told(TypeKind kind, string text, string message)
    {
        var failure = Assert.Throws<EnvelopeException>(
            () => Send(Field(new() { Kind = kind, Items = new() { Kind = TypeKind.Int32 } }), text));

        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void A_number_that_may_be_NaN_is_given_as_JSON()
    {
        var field = Field(
            new() { Kind = TypeKind.Double, NumberHandling = NumberForms.AllowNamedFloatingPointLiterals });

        Assert.Equal("\"NaN\"", CallArguments.Filled([field], Example("\"NaN\""))[field.Name]);
        Assert.Equal("""{"it":"NaN"}""", Send(field, "\"NaN\""));
    }

    [Fact]
    public void Without_an_example_a_field_has_what_holds_without_it()
    {
        var field = CallField.Of(
            new() { Name = "it", Type = new() { Kind = TypeKind.Int32 }, Required = false, Default = Json("7") },
            Schema);

        Assert.Equal("7", CallArguments.Filled([field], null)[field.Name]);
    }

    private static CallField Field(TypeSchema type, bool isRequired = true) =>
        CallField.Of(new() { Name = "it", Type = type, Required = isRequired }, Schema);

    private static PredictionExample Example(string json) => new("predict", Json($$"""{"it":{{json}}}"""), Json("1"));

    private static string Send(CallField field, string text) => CallArguments.Read(
        [field], new FormCollection(new Dictionary<string, StringValues> { [field.Name] = text })).ToJsonString();

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
