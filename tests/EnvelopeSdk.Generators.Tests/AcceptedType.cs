namespace EnvelopeSdk.Generators.Tests;

/// <summary>A type that can be served.</summary>
/// <param name="Type">The type, in C#.</param>
/// <param name="Declarations">What it needs, in C#.</param>
/// <param name="Values">JSON values of it, each as it is written back.</param>
public sealed record AcceptedType(string Type, string Declarations, params string[] Values)
{
    /// <summary>A model that takes, answers and keeps the type.</summary>
    public string Model =>
        $$"""
        namespace Tests
        {
            [EnvelopeModel("test")]
            public sealed partial class Model({{Type}} state)
            {
                [Predict] public {{Type}} Predict({{Type}} value) => value;

                [Predict] public {{Type}} State() => state;
            }

            {{Declarations}}
        }
        """;

    public override string ToString() => Declarations.Length == 0 ? Type : $"{Type}: {Declarations}";
}
