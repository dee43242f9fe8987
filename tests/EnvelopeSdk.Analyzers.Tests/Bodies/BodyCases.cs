using EnvelopeSdk.Tests.Sources;

namespace EnvelopeSdk.Analyzers.Tests.Bodies;

/// <summary>Every rule about what predict methods do, with the mistakes that break it and the nearest code without each.</summary>
internal static class BodyCases
{
    private const string Usings = "using System.Collections.Concurrent; using System.Globalization; using System.IO; using System.Linq; using System.Text;";

    public static IReadOnlyList<RuleCase> All { get; } = [.. WriteCases.All, .. InstanceCases.All, .. ReadCases.All, .. BlockingCases.All, .. UnstoredCases.All];

    public static RuleCase Find(string name) => All.Single(one => one.ToString() == name);

    /// <summary>A mistake in the members of a model class. What the message names begins with the predict method.</summary>
    public static RuleCase Of(string id, string wrong, string right, params object[] arguments) => new(id, Class(wrong), Class(right), ["'Predict'", .. arguments]);

    /// <summary>A model class with these members.</summary>
    public static string Class(string members, string declaration = "[EnvelopeModel(\"test\")] public sealed partial class Model") =>
        $$"""
        {{Usings}}
        {{declaration}}
        {
            {{members}}
        }
        """;
}
