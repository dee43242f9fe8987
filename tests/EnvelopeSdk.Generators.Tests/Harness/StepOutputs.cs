using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>What may be said of the outputs of the generator's named steps.</summary>
internal static class StepOutputs
{
    private static readonly string[] Steps = [EnvelopeGenerator.ModelStep, EnvelopeGenerator.ServedModelStep];

    private static readonly Type[] Forbidden = [typeof(ISymbol), typeof(Compilation), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SemanticModel), typeof(Location)];

    public static void AssertUnchanged(GeneratorRunResult result)
    {
        Assert.Null(result.Exception);
        var outputs = Named(result).Concat(result.TrackedOutputSteps.SelectMany(step => step.Value)).SelectMany(step => step.Outputs).ToList();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.True(
            output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
            $"An edit that does not concern it made the generator write again ({output.Reason}): {output.Value}"));
    }

    public static void AssertNoSymbols(GeneratorRunResult result)
    {
        Assert.Null(result.Exception);
        foreach (var output in Named(result).SelectMany(step => step.Outputs))
        {
            AssertNoSymbols(output.Value, "output");
        }
    }

    /// <summary>Walks everything that is reachable from a value. Assignable to, not exactly: no symbol has the type ISymbol itself.</summary>
    public static void AssertNoSymbols(object? root, string path)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<(object? Value, string Path)>([(root, path)]);
        while (waiting.TryPop(out var next))
        {
            if (next.Value is not { } value || value is string || value.GetType().IsPrimitive || value is Enum or Type || !seen.Add(value))
            {
                continue;
            }

            Assert.False(Forbidden.Any(type => type.IsInstanceOfType(value)), $"{next.Path} holds a {value.GetType().Name}.");
            var items = value is IEnumerable list ? list.Cast<object?>().Select((item, i) => (item, $"{next.Path}[{i}]")) : Fields(value, next.Path);
            foreach (var item in items)
            {
                waiting.Push(item);
            }
        }
    }

    private static IEnumerable<(object? Value, string Path)> Fields(object value, string path)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return (field.GetValue(value), $"{path}.{field.Name}");
            }
        }
    }

    private static IEnumerable<IncrementalGeneratorRunStep> Named(GeneratorRunResult result) =>
        Steps.SelectMany(name => result.TrackedSteps.TryGetValue(name, out var steps) ? steps : []);
}
