using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>Edits that a person makes and that do not concern a model's schema or state.</summary>
internal static class Edits
{
    public static CSharpCompilation AddFile(CSharpCompilation project) =>
        project.AddSyntaxTrees(TestProject.Tree("internal static class Unrelated;", "Unrelated.cs"));

    public static CSharpCompilation EditMethodBodies(CSharpCompilation project)
    {
        foreach (var tree in project.SyntaxTrees)
        {
            var edited = new BodyRewriter().Visit(tree.GetRoot());
            project = project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.Create((CSharpSyntaxNode)edited, TestProject.ParseOptions, tree.FilePath, tree.Encoding));
        }

        return project;
    }

    private sealed class BodyRewriter : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => node switch
        {
            { Body: { } body } => node.WithBody(body.WithStatements(body.Statements.Insert(0, SyntaxFactory.EmptyStatement()))),
            { ExpressionBody: { } arrow } => node.WithExpressionBody(arrow.WithExpression(arrow.Expression.WithLeadingTrivia(SyntaxFactory.Comment("/* edited */")))),
            _ => node,
        };
    }
}
