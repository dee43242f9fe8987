using EnvelopeSdk.Generators.Tests;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>A model that takes and answers every type that can be served.</summary>
internal static class AllTypes
{
    public static string[] Sources =>
    [
        .. AcceptedTypes.Ordinary.Select((row, i) => $"namespace Tests.N{i} {{ public record Holder({row.Type} Value); {row.Declarations} }}"),
        $$"""
        namespace Tests
        {
            public record All({{string.Join(", ", AcceptedTypes.Ordinary.Select((_, i) => $"N{i}.Holder M{i}"))}});

            [EnvelopeModel("all-types")]
            public partial class Model
            {
                [Predict] public All Predict(All all, IReadOnlyList<All> more) => more.Count == 0 ? all : more[0];
            }
        }

        public static class Script
        {
            public static (object, EnvelopeInfo?) Run() => (new Tests.Model(), null);
        }
        """,
    ];
}
