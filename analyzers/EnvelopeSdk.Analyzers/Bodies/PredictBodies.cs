using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>
/// The bodies of a class's members, and what of them its predict methods reach: through methods, property accessors,
/// local functions and lambdas, also those that a field or property was initialized with.
/// </summary>
internal sealed class PredictBodies
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IOperation>> _bodies =
        new(SymbolEqualityComparer.Default);

    private readonly IReadOnlyList<IMethodSymbol> _predictMethods;

    private PredictBodies(INamedTypeSymbol model, IReadOnlyList<IMethodSymbol> predictMethods) =>
        (Model, _predictMethods) = (model, predictMethods);

    /// <summary>A model class, or a base class that declares predict methods for model classes.</summary>
    public INamedTypeSymbol Model { get; }

    /// <summary>
    /// Has each class that declares predict methods analyzed, once its bodies are known. Costs nothing where the SDK is
    /// not referenced.
    /// </summary>
    public static void Register(AnalysisContext context, Action<PredictBodies, Action<Diagnostic>> analyze) =>
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.EnvelopeModelAttribute) is not null)
            {
                start.RegisterSymbolStartAction(type => RegisterClass(type, analyze), SymbolKind.NamedType);
            }
        });

    /// <summary>What the predict methods reach, each operation once.</summary>
    public IEnumerable<Reached> Reach() => Reach(_predictMethods, static operation => operation is INameOfOperation);

    /// <summary>What predict methods without <c>[NotConcurrent]</c> reach while they hold no lock.</summary>
    public IEnumerable<Reached> ReachConcurrently() =>
        Reach(
            _predictMethods.Where(method => PredictMethods.IsConcurrent(method, Model)),
            static operation => operation is INameOfOperation || Locks.IsHeldIn(operation));

    /// <summary>What a field or property is initialized with; null when its declaration does not say it.</summary>
    public IOperation? InitialValue(ISymbol member) =>
        _bodies.TryGetValue(member, out var body)
            ? body.OfType<ISymbolInitializerOperation>().FirstOrDefault()?.Value
            : null;

    private static void RegisterClass(
        SymbolStartAnalysisContext context, Action<PredictBodies, Action<Diagnostic>> analyze)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var methods = PredictMethods.Of(type)
            .Where(method => SymbolEqualityComparer.Default.Equals(method.ContainingType, type)).ToList();
        if (methods.Count > 0)
        {
            var bodies = new PredictBodies(type, methods);
            context.RegisterOperationBlockAction(block => bodies._bodies[block.OwningSymbol] = block.OperationBlocks);
            context.RegisterSymbolEndAction(end => analyze(bodies, end.ReportDiagnostic));
        }
    }

    /// <summary>
    /// What the methods and accessors do that predict methods do not reach, but for the constructors: they train the
    /// model.
    /// </summary>
    public IEnumerable<IOperation> Beside()
    {
        var reached = ReachedBodies(_predictMethods, static _ => false);
        var others = _bodies.Where(body =>
            body.Key is IMethodSymbol { MethodKind: not MethodKind.Constructor } && !reached.ContainsKey(body.Key));
        return CallGraph.Walk(others.SelectMany(body => body.Value), static _ => false);
    }

    private IEnumerable<Reached> Reach(IEnumerable<IMethodSymbol> predictMethods, Func<IOperation, bool> isLeftOut) =>
        ReachedBodies(predictMethods, isLeftOut).Values
            .SelectMany(body => body.Operations.Select(operation => new Reached(operation, body.Callers)));

    private Dictionary<ISymbol, Body> ReachedBodies(
        IEnumerable<IMethodSymbol> predictMethods, Func<IOperation, bool> isLeftOut)
    {
        var bodies = new Dictionary<ISymbol, Body>(SymbolEqualityComparer.Default);
        foreach (var method in predictMethods)
        {
            var waiting = new Stack<ISymbol>([method]);
            while (waiting.Count > 0)
            {
                var member = Implementation(waiting.Pop());
                if (!bodies.TryGetValue(member, out var body) && _bodies.ContainsKey(member))
                {
                    bodies[member] = body = new Body([.. Operations(member, isLeftOut)]);
                }

                if (body is not null && !SymbolEqualityComparer.Default.Equals(body.Callers.LastOrDefault(), method))
                {
                    body.Callers.Add(method);
                    body.Used.ForEach(waiting.Push);
                }
            }
        }

        return bodies;
    }

    private static ISymbol Implementation(ISymbol member) =>
        member.OriginalDefinition is IMethodSymbol { PartialImplementationPart: { } part }
            ? part
            : member.OriginalDefinition;

    /// <summary>An initializer has run when the model is called; only the lambdas in it run then.</summary>
    private IEnumerable<IOperation> Operations(ISymbol member, Func<IOperation, bool> isLeftOut) =>
        member is IMethodSymbol
            ? CallGraph.Walk(_bodies[member], isLeftOut)
            : CallGraph.Walk(
                CallGraph.Walk(_bodies[member], static operation => operation.Parent is IAnonymousFunctionOperation)
                    .Where(operation => operation is IAnonymousFunctionOperation),
                isLeftOut);

    /// <summary>A body that predict methods reach.</summary>
    private sealed class Body(IReadOnlyList<IOperation> operations)
    {
        public IReadOnlyList<IOperation> Operations => operations;

        /// <summary>The members that it runs.</summary>
        public List<ISymbol> Used { get; } = [.. operations.SelectMany(CallGraph.UsedBy)];

        /// <summary>
        /// The predict methods that reach it. They are followed one after the other, so the last one tells whether it
        /// is known.
        /// </summary>
        public List<IMethodSymbol> Callers { get; } = [];
    }
}
