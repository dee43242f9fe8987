using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnvelopeSdk.Generators;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Models;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace EnvelopeSdk.CodeFixes;

/// <summary>
/// Awaits a task on which a predict method itself blocks, and has the method return a task (ENV0034).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AwaitCodeFix : ModelCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.TaskBlocked];

    private protected override string? Title(FixPlace place) =>
        place.Node is ExpressionSyntax blocking
        && TaskOf(blocking) is not null
        && !HasLimit(blocking, place.Model)
        && CanAwait(place)
            ? "Await the task"
            : null;

    /// <summary>
    /// Who calls the method gets a task instead of the answer, and nothing but its author can await it there.
    /// </summary>
    private protected override Task<bool> BreaksAsync(FixPlace place, CancellationToken cancellation) =>
        place.Symbol is IMethodSymbol { IsAsync: true }
            ? Task.FromResult(false)
            : Signatures.HasUseAsync(
                place,
                static (name, _) => !Signatures.IsOnlyNamed(name)
                    && Signatures.CallOf(name)?.Parent is not ExpressionStatementSyntax,
                cancellation);

    private protected override async Task EditAsync(
        SolutionEditor editor, FixPlace place, HashSet<string> names, CancellationToken cancellation)
    {
        var document = await editor.GetDocumentEditorAsync(place.Document.Id, cancellation).ConfigureAwait(false);
        document.ReplaceNode(place.Node, (current, _) => Await((ExpressionSyntax)current));
        document.ReplaceNode(
            place.Member!,
            (current, generator) => MakeAsync((MethodDeclarationSyntax)current, generator, place.Model.Compilation));
    }

    /// <summary>
    /// Only the predict method itself becomes asynchronous, and only where its return type is its own affair.
    /// </summary>
    private static bool CanAwait(FixPlace place) =>
        place is { Member: MethodDeclarationSyntax method, Symbol: IMethodSymbol symbol }
        && symbol.Find(KnownNames.PredictAttribute) is not null
        && symbol is { ReturnsByRef: false, ReturnsByRefReadonly: false }
        && !Signatures.IsShared(symbol)
        && (symbol.IsAsync || QueryParser.AnswerOf(symbol).Delivery == Delivery.Returned)
        && symbol.Parameters.All(parameter => parameter.RefKind == RefKind.None)
        && !place.Node.Ancestors().TakeWhile(node => node != method).Any(HasNoAwait);

    private static bool HasNoAwait(SyntaxNode node) => node
        is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or LockStatementSyntax
        or UnsafeStatementSyntax or CatchFilterClauseSyntax or QueryExpressionSyntax
        or ParameterSyntax or AttributeSyntax;

    /// <summary>
    /// Whether it waits for all tasks until a time or a cancellation, which <c>WhenAll</c> cannot say.
    /// </summary>
    private static bool HasLimit(ExpressionSyntax blocking, SemanticModel model) =>
        model.GetSymbolInfo(blocking).Symbol
            is IMethodSymbol { Name: "WaitAll" } and not { ReturnsVoid: true, Parameters.Length: 1 };

    /// <summary>What is to be awaited; null for a wait that cannot be written so.</summary>
    private static ExpressionSyntax? TaskOf(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Expression: var task, Name.Identifier.ValueText: var name } call,
            ArgumentList.Arguments.Count: var count,
        } all => name switch
        {
            "Wait" when count == 0 => task,
            "GetResult" when task is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter" } awaiter,
            } => awaiter.Expression,
            "WaitAll" => all.WithExpression(call.WithName(SyntaxFactory.IdentifierName("WhenAll"))),
            _ => null,
        },
        _ => null,
    };

    private static ExpressionSyntax Await(ExpressionSyntax blocking) => SyntaxFactory
        .ParenthesizedExpression(SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            TaskOf(blocking)!.WithoutTrivia()))
        .WithTriviaFrom(blocking).WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>Several tasks may be awaited in one method, which changes once.</summary>
    private static SyntaxNode MakeAsync(
        MethodDeclarationSyntax method, SyntaxGenerator generator, Compilation compilation)
    {
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword))
        {
            return method;
        }

        var task = generator.TypeExpression(compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1")!);
        var returns = generator.WithTypeArguments(task, method.ReturnType.WithoutTrivia())
            .WithTriviaFrom(method.ReturnType);
        return generator.WithModifiers(
            method.WithReturnType((TypeSyntax)returns), generator.GetModifiers(method).WithAsync(true));
    }
}
