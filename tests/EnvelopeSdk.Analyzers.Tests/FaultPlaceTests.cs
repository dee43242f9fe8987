using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.Generators.Parsing.Rules;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>A data type may be declared far from the method that takes it: what is wrong in it is told where it is mended.</summary>
public class FaultPlaceTests
{
    [Theory]
    [InlineData("public record R(int Fine, object [|Open|]);")]
    [InlineData("public class R { public int Fine { get; set; } public object? [|Open|] { get; set; } }")]
    [InlineData("public record R(Inner Part); public record Inner(List<Leaf> Leaves); public record Leaf(IntPtr [|Address|]);")]
    [InlineData("public record R(Box<object> [|Part|]); public record Box<T>(int Fine);", false)]
    [InlineData("public record R(Box<object> Part); public record Box<T>(T [|Value|]);")]
    [InlineData("public class R { [System.ComponentModel.DataAnnotations.Range(5, 1)] public int [|Crossed|] { get; set; } }")]
    [InlineData("public class R { public int [|Bare|]; }")]
    [InlineData("public class R : B { [JsonPropertyName(\"z\")] public new int [|X|] { get; set; } } public class B { public int X { get; set; } }")]
    [InlineData("public record R(int X) { public int [|x|] { get; init; } }")]
    [InlineData("public class [|R|] { public R(int x) => X = x; public R(long x) => X = (int)x; public int X { get; } }")]
    [InlineData("public record R(Kind Kind); public enum Kind { A, [Obsolete(\"\", true)] [|B|] }")]
    [InlineData("[JsonDerivedType(typeof(C), \"c\")] public abstract class R; public class C : R { public object? [|X|] { get; set; } }")]
    [InlineData("[JsonDerivedType(typeof(C))] public abstract class [|R|]; public class C : R;")]
    public async Task A_fault_in_a_data_type_is_reported_at_its_innermost_member(string declarations, bool isRefused = true)
    {
        var source = new TestSource($"{declarations}\n[EnvelopeModel(\"a\")] public partial class Model {{ [Predict] public int Predict(R x) => 1; }}");
        var reported = await TestSource.AnalyzeAsync(source.Compile());
        Assert.Equal(isRefused ? 2 : 0, reported.Length);
        Assert.Equal(isRefused, reported.Any(one => one.Location.SourceSpan == source.Reported));
    }

    [Fact]
    public async Task A_member_is_reported_once_however_many_methods_take_its_type()
    {
        var source = new TestSource("public record R(object [|Open|]); [EnvelopeModel(\"a\")] public partial class Model { [Predict] public int First(R x) => 1; [Predict] public int Second(R[] x) => 1; [Predict] public R? Third(int x) => null; }");
        var reported = await TestSource.AnalyzeAsync(source.Compile());
        Assert.Equal(4, reported.Length);
        var diagnostic = Assert.Single(reported, one => one.Location.SourceSpan == source.Reported);
        Assert.StartsWith("The value of type R cannot be served: of its member 'Open' of type object: it could be anything", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_is_refused_for_how_it_is_used_is_reported_at_the_use_alone() =>
        Assert.Single(await TestSource.AnalyzeAsync(new TestSource("public interface IShape; [EnvelopeModel(\"a\")] public partial class Model { [Predict] public int Predict(IShape x) => 1; }").Compile()));

    [Fact]
    public async Task A_member_of_another_project_is_reported_at_the_use_alone()
    {
        var library = new TestSource("public record R(object Open);").Compile("Library");
        var source = new TestSource("[EnvelopeModel(\"a\")] public partial class Model { [Predict] public int Predict(R [|x|]) => 1; }");
        var diagnostic = Assert.Single(await TestSource.AnalyzeAsync(source.Compile("Training", library.ToMetadataReference())));
        Assert.Equal(source.Reported, diagnostic.Location.SourceSpan);
    }

    [Fact]
    public async Task A_fault_in_stored_data_is_reported_at_its_member()
    {
        var source = new TestSource("public record Weights(float[] Values, object [|Rest|]); [EnvelopeModel(\"a\")] public partial class Model(Weights weights) { [Predict] public int Predict(int x) => x + weights.Values.Length; }");
        var reported = await TestSource.AnalyzeAsync(source.Compile());
        Assert.All(reported, one => Assert.Equal(RuleIds.StateNotStorable, one.Id));
        Assert.Equal(2, reported.Length);
        var diagnostic = Assert.Single(reported, one => one.Location.SourceSpan == source.Reported);
        Assert.StartsWith("'Weights' cannot be stored in an envelope: of its member 'Rest' of type object: it could be anything", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }
}
