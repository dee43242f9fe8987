using EnvelopeSdk.Analyzers.Tests.Harness;
using EnvelopeSdk.CodeFixes;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>Each fix is applied one by one, and as a whole in a document, a project and a solution.</summary>
public class RequireCodeFixTests
{
    private const string Model = """[EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(Row row) => 1; }""";
    private const string Import = "using System.Text.Json.Serialization;\n";

    [Fact]
    public Task All_members_without_a_value_of_their_own_are_made_required() => CodeFixRun.AssertFixesAsync<RequiredCodeFix>(
        $$"""
        {{Model}}
        public class Row
        {
            /// <summary>Kept.</summary>
            [System.ComponentModel.DataAnnotations.Range(0, 1)]
            public int X { get; set; }
            public string Name { get; init; }
            public int? Y { get; set; }
            public int Z { get; set; } = 3;
            public int Sum => X + Z;
        }
        """,
        $$"""
        {{Model}}
        public class Row
        {
            /// <summary>Kept.</summary>
            [System.ComponentModel.DataAnnotations.Range(0, 1)]
            public required int X { get; set; }
            public required string Name { get; init; }
            public int? Y { get; set; }
            public int Z { get; set; } = 3;
            public int Sum => X + Z;
        }
        """);

    [Fact]
    public Task All_members_without_a_value_of_their_own_are_marked() => CodeFixRun.AssertFixesAsync<JsonRequiredCodeFix>(
        $$"""
        {{Model}}
        public class Row
        {
            /// <summary>Kept.</summary>
            [System.ComponentModel.DataAnnotations.Range(0, 1)]
            public int X { get; set; }
            [System.Obsolete] public string Name { get; init; }
            public int? Y { get; set; }

            // Kept, too.
            public bool A { get; set; } // and here
            public int Z { get; set; } = 3;
        }
        """,
        $$"""
        {{Import}}{{Model}}
        public class Row
        {
            /// <summary>Kept.</summary>
            [System.ComponentModel.DataAnnotations.Range(0, 1)]
            [JsonRequired] public int X { get; set; }
            [System.Obsolete] [JsonRequired] public string Name { get; init; }
            public int? Y { get; set; }

            // Kept, too.
            [JsonRequired] public bool A { get; set; } // and here
            public int Z { get; set; } = 3;
        }
        """);

    [Fact]
    public Task The_types_of_several_files_are_mended_with_members_of_one_base_once() => CodeFixRun.AssertFixesAsync<RequiredCodeFix>(
        $$"""
        [EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(Row row, Other other) => 1; }
        public class Row : Base { public int X { get; set; } }
        {{CodeFixRun.NextFile}}
        public class Other : Base { public int? Y { get; set; } }
        public class Base { public int Z { get; set; } }
        """,
        $$"""
        [EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(Row row, Other other) => 1; }
        public class Row : Base { public required int X { get; set; } }
        {{CodeFixRun.NextFile}}
        public class Other : Base { public int? Y { get; set; } }
        public class Base { public required int Z { get; set; } }
        """);

    [Theory]
    [InlineData("public class User { public static object Make() => Create<Row>(); static T Create<T>() where T : new() => new T(); }")]
    [InlineData("public class User { public static object Make(Row[] rows) => Create(rows); static T Create<T>(T[] like) where T : new() => new T(); }")]
    [InlineData("public class User { public static object Make() => new Row(); }")]
    [InlineData("public class User { public static Row Make() => new() { X = 1 }; }")]
    public async Task A_type_that_is_created_without_its_members_is_only_marked(string user)
    {
        var source = $$"""
            {{Model}}
            public class Row { public int X { get; set; } public int Y { get; set; } }
            {{CodeFixRun.NextFile}}
            {{user}}
            """;
        await CodeFixRun.AssertNoFixAsync<RequiredCodeFix>(source);
        await CodeFixRun.AssertFixesAsync<JsonRequiredCodeFix>(source, Import + source.Replace("public int ", "[JsonRequired] public int ", StringComparison.Ordinal).Replace("[JsonRequired] public int Predict", "public int Predict", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_type_that_is_created_with_all_of_its_members_is_made_to_require_them() => CodeFixRun.AssertFixesAsync<RequiredCodeFix>(
        $$"""{{Model}} public class Row { public int X { get; set; } public static Row Make() => new() { X = 1 }; }""",
        $$"""{{Model}} public class Row { public required int X { get; set; } public static Row Make() => new() { X = 1 }; }""");

    [Fact]
    public Task Fields_of_one_declaration_are_marked_once() => CodeFixRun.AssertFixesAsync<JsonRequiredCodeFix>(
        $$"""{{Import}}{{Model}} public class Row { [JsonInclude] public int X, Y; }""",
        $$"""{{Import}}{{Model}} public class Row { [JsonInclude] [JsonRequired] public int X, Y; }""");

    [Fact]
    public Task The_namespace_of_the_mark_is_used_once_in_its_place() => CodeFixRun.AssertFixesAsync<JsonRequiredCodeFix>(
        $$"""
        using System;
        using System.Threading;
        [EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(Row row, Other other) => 1; }
        public class Row { public int X { get; set; } public int Y { get; set; } }
        public class Other { public int X { get; set; } }
        """,
        $$"""
        using System;
        using System.Text.Json.Serialization;
        using System.Threading;
        [EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(Row row, Other other) => 1; }
        public class Row { [JsonRequired] public int X { get; set; } [JsonRequired] public int Y { get; set; } }
        public class Other { [JsonRequired] public int X { get; set; } }
        """);

    [Fact]
    public Task A_file_without_namespaces_gets_that_of_the_mark() => CodeFixRun.AssertFixesAsync<JsonRequiredCodeFix>(
        $$"""
        {{CodeFixRun.NoUsings}}
        namespace A { public class Row { public int X { get; set; } } }
        {{CodeFixRun.NextFile}}
        [EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(A.Row row) => 1; }
        """,
        $$"""
        {{Import}}
        {{CodeFixRun.NoUsings}}
        namespace A { public class Row { [JsonRequired] public int X { get; set; } } }
        {{CodeFixRun.NextFile}}
        [EnvelopeModel("a")] public partial class Model { [Predict] public int Predict(A.Row row) => 1; }
        """);

    [Fact]
    public Task Where_another_attribute_has_its_name_the_mark_is_written_in_full() => CodeFixRun.AssertFixesAsync<JsonRequiredCodeFix>(
        $$"""{{Model}} public class Row { public int X { get; set; } } public class JsonRequiredAttribute : System.Attribute;""",
        $$"""{{Model}} public class Row { [System.Text.Json.Serialization.JsonRequired] public int X { get; set; } } public class JsonRequiredAttribute : System.Attribute;""");
}
