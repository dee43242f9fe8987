using System.Text.Json;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>Members that C# and JSON could see differently are read and written as <c>System.Text.Json</c> does.</summary>
public class MemberTests
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    [Theory]
    [InlineData("public class C { private int _x = 1; public int X { set => _x = value; } public int Y => _x; }", """{"x":5}""", "{}")]
    [InlineData("public class C { private int _x = 1; public int X { private get => _x; set => _x = value; } public int Y => X; }", """{"x":5}""", "{}")]
    [InlineData("public class C { public int X { get; private set; } = 3; }", """{"x":5}""", "{}")]
    [InlineData("public class C { public int X { get; protected init; } = 3; }", """{"x":5}""", "{}")]
    [InlineData("public class C { public int X { get; init; } = 3; }", """{"x":5}""", "{}")]
    [InlineData("public class C { [JsonInclude] public int X = 3; [JsonInclude] public readonly int Y = 4; }", """{"x":5,"y":6}""", "{}")]
    [InlineData("public class B { public int X { get; set; } = 1; } public class C : B { public new int X { get; set; } = 2; }", """{"x":5}""", "{}")]
    [InlineData("public class B { public int X { get; set; } = 1; } public class C : B { public new string X { get; set; } = \"a\"; }", """{"x":"b"}""", "{}")]
    [InlineData("public class B { [JsonIgnore] public int X { get; set; } = 1; } public class C : B { [JsonPropertyName(\"z\")] public new int X { get; set; } = 2; }", """{"z":5}""", "{}")]
    [InlineData("public class B { [JsonPropertyName(\"a\")] public virtual int X { get; set; } = 1; } public class C : B { [JsonPropertyName(\"a\")] public override int X { get; set; } = 2; }", """{"a":5}""", "{}")]
    [InlineData("public class B { public virtual int X { get; set; } = 1; } public class C : B { [JsonIgnore] public override int X { get; set; } = 2; }", "{}", "{}")]
    [InlineData("public class C { private int _x = 1; [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public int X { get => _x; set => _x = value; } public int Y => _x; }", """{"x":5}""", "{}")]
    [InlineData("public class C { [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int X { get; set; } = 3; }", """{"x":5}""", "{}")]
    public void A_value_is_read_and_written_as_the_serializer_does(string declarations, params string[] values)
    {
        var model = CompiledModel.Of(declarations + "[EnvelopeModel(\"test\")] public partial class Model { [Predict] public C Predict(C value) => value; }");
        var service = CompiledService.Of(model);
        var type = model.Type.Assembly.GetType("C")!;
        foreach (var json in values)
        {
            var theirs = JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, Options), type, Options);
            Assert.Equal(CanonicalJson.Of(theirs), CanonicalJson.Of(service.Answer("predict", $$"""{"value":{{json}}}""")));
        }
    }
}
