namespace EnvelopeSdk.Tests.Sources;

/// <summary>Every rule that a model class can break, with the mistakes that break it.</summary>
public static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
        [.. ClassCases.All, .. StateCases.All, .. ParameterCases.All, .. TypeCases.All, .. DeclarationCases.All, .. MemberCases.All, .. ReturnCases.All, .. MethodCases.All, .. InheritanceCases.All, .. TableCases.All];

    public static RuleCase Find(string name) => All.Single(one => one.ToString() == name);
}
