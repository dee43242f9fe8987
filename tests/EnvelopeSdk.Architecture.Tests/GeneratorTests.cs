using EnvelopeSdk.Architecture.Tests.Harness;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>In the generator, reading symbols and writing code are apart.</summary>
public class GeneratorTests
{
    [Fact]
    public void Parsing_makes_data_and_knows_nothing_of_emission()
    {
        var parsing = Repository.Files.Where(path => path.StartsWith("generators/EnvelopeSdk.Generators/Parsing/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(parsing);
        Assert.DoesNotContain(parsing, path => Repository.Read(path).Contains("EnvelopeSdk.Generators.Emission", StringComparison.Ordinal));
    }
}
