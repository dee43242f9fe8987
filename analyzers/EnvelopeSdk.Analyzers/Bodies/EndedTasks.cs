using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>
/// Says of a task whether it has ended where it is used: it was awaited or asked before. Before means in the text;
/// which way a call goes through it is not followed, so that code which is careful in its own way is not blamed.
/// </summary>
internal static class EndedTasks
{
    /// <summary>Whether a task, or the awaiter of one, has ended.</summary>
    public static bool Has(IOperation? task) => IsWhenAny(task) || Source(task) switch
    {
        null => false,
        IParameterSymbol parameter when Lambda(task!, parameter) is { TargetMethod.Name: "ContinueWith" } => true,
        var source => HasEnded(source, task!),
    };

    /// <summary>
    /// The variable that holds a task, or the collection that it is of; null for one that no variable holds.
    /// </summary>
    private static ISymbol? Source(IOperation? task) => task switch
    {
        ILocalReferenceOperation { Local: var local } =>
            Loop(task, local) is { } loop ? Source(loop.Collection) : local,
        IParameterReferenceOperation { Parameter: var parameter } =>
            Lambda(task, parameter) is { } call && IsOfSequence(call) ? Source(call.Arguments[0].Value) : parameter,
        IFieldReferenceOperation { Field: var field } => field,
        IArrayElementReferenceOperation item => Source(item.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true } item => Source(item.Instance),
        IImplicitIndexerReferenceOperation item => Source(item.Instance),
        IConversionOperation conversion => Source(conversion.Operand),
        IConditionalAccessInstanceOperation receiver => Source(SharedState.Receiver(receiver)),
        IInvocationOperation
        {
            TargetMethod.Name: "AsTask" or "ConfigureAwait" or "GetAwaiter" or "Preserve",
            Instance: { } same,
        } => Source(same),
        IInvocationOperation { TargetMethod.Name: not ("Select" or "SelectMany" or "Zip") } call
            when IsOfSequence(call) => Source(call.Arguments[0].Value),
        _ => null,
    };

    private static IForEachLoopOperation? Loop(IOperation use, ILocalSymbol local)
    {
        for (var outer = use.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IForEachLoopOperation loop && loop.Locals.Contains(local, SymbolEqualityComparer.Default))
            {
                return loop;
            }
        }

        return null;
    }

    /// <summary>The call to which the lambda of a parameter is given.</summary>
    private static IInvocationOperation? Lambda(IOperation use, IParameterSymbol parameter)
    {
        IOperation? outer = use;
        while (outer is not null
            && !(outer is IAnonymousFunctionOperation function
                && SymbolEqualityComparer.Default.Equals(function.Symbol, parameter.ContainingSymbol)))
        {
            outer = outer.Parent;
        }

        return outer?.Parent?.Parent?.Parent as IInvocationOperation;
    }

    private static bool IsOfSequence(IInvocationOperation call) =>
        call is { TargetMethod.ContainingType.Name: "Enumerable", Arguments.Length: > 0 };

    /// <summary>What the text before says last: that it has ended, or that the variable holds another.</summary>
    private static bool HasEnded(ISymbol source, IOperation use)
    {
        var body = use;
        while (body.Parent is { } outer)
        {
            body = outer;
        }

        return body.Descendants().Where(one => one.Syntax.Span.End <= use.Syntax.SpanStart)
            .OrderBy(one => one.Syntax.Span.End).Select(one => Says(one, source))
            .LastOrDefault(said => said is not null) ?? false;
    }

    private static bool? Says(IOperation operation, ISymbol source) => operation switch
    {
        IAwaitOperation awaited when Mentions(awaited.Operation, source) => true,
        IPropertyReferenceOperation { Property: var property } asked
            when IsAnswer(property) && Is(asked.Instance, source) => true,
        IIsPatternOperation asked
            when Is(asked.Value, source) && asked.Pattern.Descendants().OfType<IPropertyReferenceOperation>()
                .Any(one => IsAnswer(one.Property)) => true,
        IVariableDeclaratorOperation declared when SymbolEqualityComparer.Default.Equals(declared.Symbol, source) =>
            IsWhenAny(declared.Initializer?.Value),
        ISimpleAssignmentOperation assigned when Is(assigned.Target, source) => IsWhenAny(assigned.Value),
        _ => null,
    };

    private static bool Is(IOperation? operation, ISymbol source) =>
        SymbolEqualityComparer.Default.Equals(Source(operation), source);

    private static bool IsAnswer(IPropertySymbol property) =>
        property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "Status";

    /// <summary>Of the tasks that <c>WhenAny</c> waits for, only the one that it gives has ended.</summary>
    private static bool Mentions(IOperation awaited, ISymbol source) =>
        !IsCallOfWhenAny(awaited) && awaited.DescendantsAndSelf().Any(one => Is(one, source) || Holds(one, source));

    /// <summary>
    /// Whether a variable was declared as what mentions the task, such as <c>Task.WhenAll(first, second)</c>.
    /// </summary>
    private static bool Holds(IOperation operation, ISymbol source) =>
        operation is ILocalReferenceOperation { Local: var local }
        && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration
        && operation.SemanticModel?.GetOperation(declaration)
            is IVariableDeclaratorOperation { Initializer.Value: { } value }
        && !IsCallOfWhenAny(value) && value.DescendantsAndSelf().Any(one => Is(one, source));

    private static bool IsWhenAny(IOperation? task) =>
        task is IAwaitOperation awaited && IsCallOfWhenAny(awaited.Operation);

    private static bool IsCallOfWhenAny(IOperation task) => task is IInvocationOperation call
        && (call.TargetMethod.Name == "WhenAny"
            || (call is { TargetMethod.Name: "ConfigureAwait", Instance: { } same } && IsCallOfWhenAny(same)));
}
