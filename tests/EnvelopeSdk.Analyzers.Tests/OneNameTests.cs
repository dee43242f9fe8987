using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>Generated code writes full names, which must mean one type in the project and in a service of it.</summary>
public class OneNameTests
{
    private const string Customer = "namespace Shop { public record Customer(int Age); }";

    private static readonly MetadataReference Domain = new TestSource($"{Customer} namespace Shop {{ public static class Rules; }}").Compile("Shop.Domain").ToMetadataReference();

    [Fact]
    public async Task A_type_in_the_project_and_in_a_reference_is_refused()
    {
        var source = new TestSource($"{Customer} {Model("Shop.Customer", "[|x|]")}");
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile("Training", Domain)));
        Assert.Equal((RuleIds.NoJsonForm, source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.Equal(
            "The parameter 'x' of type Customer cannot be served: Customer is declared in Shop.Domain and in Training, and a service, which references both, could not tell which is meant; "
                + "declare it once, in the library, and reference that, or give one of the two another name or namespace",
            diagnostic.GetMessage(null));
    }

    [Theory]
    [InlineData("public record Order(Shop.Customer Buyer);", "Order")]
    [InlineData("", "List<Shop.Customer>")]
    [InlineData("", "Dictionary<string, Shop.Customer[]>")]
    [InlineData("[JsonDerivedType(typeof(Shop.Customer), \"c\")] public interface IBuyer; namespace Shop { public partial record Customer : IBuyer; }", "IBuyer", "partial ")]
    public async Task A_type_of_two_assemblies_is_found_wherever_it_is_served(string declarations, string type, string partial = "")
    {
        var own = Customer.Replace("record", partial + "record", StringComparison.Ordinal);
        var reported = await TestSource.AnalyzeAsync(new TestSource($"{declarations} {own} {Model(type, "x")}").Compile("Training", Domain));
        Assert.NotEmpty(reported);
        Assert.All(reported, one => Assert.Contains("is declared in Shop.Domain and in Training", one.GetMessage(null), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stored_data_and_the_model_class_itself_are_looked_at_too()
    {
        var state = await TestSource.AnalyzeAsync(new TestSource($"{Customer} [EnvelopeModel(\"a\")] public partial class Model(Shop.Customer typical) {{ [Predict] public int Predict(int x) => x + typical.Age; }}").Compile("Training", Domain));
        Assert.Equal(RuleIds.StateNotStorable, Assert.Single(state).Id);

        var twin = new TestSource("public partial class Model;").Compile("Twin").ToMetadataReference();
        var model = await TestSource.AnalyzeAsync(new TestSource(Model("int", "x")).Compile("Training", twin));
        Assert.Equal(RuleIds.ClassNotServable, Assert.Single(model).Id);
    }

    [Fact]
    public async Task A_type_that_only_an_extern_alias_reaches_is_refused()
    {
        var source = new TestSource($"extern alias Domain; {Model("Domain::Shop.Customer", "[|x|]")}");
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile("Training", Domain.WithAliases(["Domain"]))));
        Assert.Equal((RuleIds.NoJsonForm, source.Reported), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.Contains("Customer is reached through the extern alias 'Domain' alone, which generated code does not use; add 'global' to the Aliases of the reference", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_of_two_references_is_refused_though_an_alias_tells_them_apart_here()
    {
        var other = new TestSource(Customer).Compile("Crm").ToMetadataReference().WithAliases(["Crm"]);
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(new TestSource(Model("Shop.Customer", "x")).Compile("Training", Domain, other)));
        Assert.Contains("is declared in Crm and in Shop.Domain", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_a_word_of_the_language_is_looked_up_too()
    {
        const string Own = "namespace Shop.@event { public record Outer { public record @class(int Age); } }";
        var library = new TestSource(Own).Compile("Shop.Domain").ToMetadataReference();
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(new TestSource($"{Own} {Model("Shop.@event.Outer.@class", "x")}").Compile("Training", library)));
        Assert.Contains("is declared in Shop.Domain and in Training", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_is_served_under_one_name_is_not_reported()
    {
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource(Model("Shop.Customer", "x")).Compile("Training", Domain)));
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource($"extern alias Domain; {Model("Domain::Shop.Customer", "x")}").Compile("Training", Domain.WithAliases(["global", "Domain"]))));
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource($"namespace Store {{ public record Customer(int Age); }} {Model("Store.Customer", "x")}").Compile("Training", Domain)));

        var hidden = new TestSource(Customer.Replace("public", "internal", StringComparison.Ordinal)).Compile("Hidden").ToMetadataReference();
        Assert.Empty(await TestSource.AnalyzeAsync(new TestSource($"{Customer} {Model("Shop.Customer", "x")}").Compile("Training", hidden)));
    }

    private static string Model(string type, string parameter) =>
        $"[EnvelopeModel(\"a\")] public partial class Model {{ [Predict] public int Predict({type} {parameter}) => 1; }}";
}
