using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Constraints;
using EnvelopeSdk.Generators.Parsing.Documentation;
using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Generators.Parsing.Symbols;
using EnvelopeSdk.Generators.Parsing.Types;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Models;

/// <summary>Derives queries from the predict methods of one model class.</summary>
internal sealed class QueryParser(INamedTypeSymbol model, TypeParser types, List<Refusal> refusals)
{
    private readonly SortedDictionary<string, QuerySpec> _served = new(StringComparer.Ordinal);
    private readonly List<RefusedMethodSpec> _refused = [];
    private readonly Recorders _recorders = new(model);

    public IEnumerable<QuerySpec> Served => _served.Values;

    public IEnumerable<RefusedMethodSpec> Refused => _refused;

    public bool IsEmpty { get; private set; } = true;

    public void Add(IMethodSymbol method)
    {
        IsEmpty = false;
        var before = refusals.Count;
        var query = Parse(method, NameOf(method));
        var isServed = query is not null && refusals.Count == before;
        IReadOnlyList<IParameterSymbol> given =
            isServed ? [.. method.Parameters.OrderBy(IsToken)] : method.Parameters;
        if (_recorders.Give(method, given) is { } other)
        {
            Refuse(method, RuleIds.RecorderTaken, method.Name, Recorders.NameOf(method), other);
        }
        else if (isServed)
        {
            _served.Add(query!.Name, query);
        }
        else
        {
            _refused.Add(RefusedMethodParser.Parse(method));
        }
    }

    /// <summary>The name that a predict method has by its attribute, or else by its own name; valid or not.</summary>
    public static string NameOf(IMethodSymbol method) =>
        PredictMethods.NameOf(method) ?? Names.ToQueryName(WithoutSuffix(method));

    private QuerySpec? Parse(IMethodSymbol method, string name)
    {
        if (!CheckMethod(method, name))
        {
            return null;
        }

        var documentation = DocComment.Of(method);
        var token = method.Parameters.FirstOrDefault(IsToken);
        var parameters = method.Parameters
            .Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, token))
            .Select(parameter => Parse(parameter, documentation))
            .OfType<MemberSpec>()
            .ToList();
        var returns = ParseReturn(method);
        return new QuerySpec(
            name, method.Name, documentation.Symbol, new(parameters), returns!, documentation.Returns,
            AnswerOf(method).Delivery, token is null ? null : new TokenSpec(token.Name, token.Ordinal), BaseOf(method))
        {
            IsConcurrent = PredictMethods.IsConcurrent(method, model),
        };
    }

    /// <summary>The base that declares the method first; null when the model class itself does.</summary>
    private BaseSpec? BaseOf(IMethodSymbol method)
    {
        var first = PredictMethods.WithOverridden(method).Last().ContainingType;
        return SymbolEqualityComparer.Default.Equals(first, model)
            ? null
            : new BaseSpec(first.ToCode(), method.ReturnType.ToCode());
    }

    /// <summary>How the answer of a method comes, and its type; of a stream, that of an item.</summary>
    public static (Delivery Delivery, ITypeSymbol Type) AnswerOf(IMethodSymbol method) => method.ReturnType switch
    {
        INamedTypeSymbol { Arity: 1 } task when IsTask(task) => (Delivery.Awaited, task.TypeArguments[0]),
        INamedTypeSymbol { Arity: 1 } stream when IsStream(stream) => (Delivery.Streamed, stream.TypeArguments[0]),
        var type => (Delivery.Returned, type),
    };

    private static bool IsTask(ITypeSymbol type) =>
        type.Name is "Task" or "ValueTask" && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";

    private static bool IsStream(ITypeSymbol type) =>
        type.Name == "IAsyncEnumerable" && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    private static bool IsToken(IParameterSymbol parameter) =>
        parameter.RefKind == RefKind.None && parameter.Type.IsNamed("System.Threading.CancellationToken");

    /// <summary>That a method is awaited is nothing that a caller of the service sees.</summary>
    private static string WithoutSuffix(IMethodSymbol method) =>
        method.ToSimpleName() is var name
            && AnswerOf(method).Delivery != Delivery.Returned
            && name.Length > 5
            && name.EndsWith("Async", StringComparison.Ordinal)
            ? name.Substring(0, name.Length - 5)
            : name;

    private bool CheckMethod(IMethodSymbol method, string name)
    {
        if (method.DeclaredAccessibility != Accessibility.Public)
        {
            Refuse(method, RuleIds.MethodNotPublic, method.Name);
        }

        if (method.IsStatic)
        {
            Refuse(method, RuleIds.StaticMethod, method.Name);
        }

        if (method.IsForbidden())
        {
            Refuse(
                method, RuleIds.DisputedMember, $"answer of '{method.Name}'", method.ReturnType.ToReadable(),
                $"the method is {UseMarks.WhyForbidden}");
        }

        if (method.IsGenericMethod)
        {
            Refuse(method, RuleIds.GenericMethod, method.Name);
            return false; // nothing can be said of its types
        }

        if (WhyNoName(name) is { } reason)
        {
            Refuse(method, RuleIds.InvalidQueryName, name, method.Name, reason);
        }
        else if (Served.FirstOrDefault(one => NameRules.RouteOf(one.Name) == NameRules.RouteOf(name)) is { } other)
        {
            Refuse(method, RuleIds.DuplicateQuery, method.Name, name, other.Method, WhyAlike(method, name, other));
        }

        return true;
    }

    private static string? WhyNoName(string name) =>
        NameRules.IsReserved(name)
            ? $"a service answers /{name} itself; give it another name with [Predict(\"...\")]"
        : !NameRules.IsSegment(name)
            ? "use lower-case letters and digits in groups separated by single '-', in [Predict(\"...\")] if the "
                + "method is to keep its name"
        : null;

    /// <summary>Two methods whose names differ have one query when they differ only by case.</summary>
    private static string WhyAlike(IMethodSymbol method, string name, QuerySpec other) =>
        name != other.Name ? OfCase("names")
        : method.Name != other.Method && NameRules.RouteOf(method.Name) == NameRules.RouteOf(other.Method)
            ? OfCase("methods")
        : "";

    private static string OfCase(string what) =>
        $", since routes do not tell capital letters from small ones: the {what} differ by case alone";

    /// <summary>At the symbol; at the model class when the symbol is one of another project.</summary>
    private void Refuse(ISymbol symbol, string ruleId, params object[] arguments)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, model.ContainingAssembly);
        refusals.Add(Refusal.At(isOwn ? symbol : model, ruleId, arguments));
    }

    private MemberSpec? Parse(IParameterSymbol parameter, DocComment documentation)
    {
        if (parameter.RefKind != RefKind.None)
        {
            var modifier = parameter.RefKind == RefKind.RefReadOnlyParameter
                ? "ref readonly"
                : parameter.RefKind.ToString().ToLowerInvariant();
            Refuse(parameter, RuleIds.ByReferenceParameter, parameter.Name, modifier);
            return null;
        }

        if (IsToken(parameter))
        {
            Refuse(
                parameter,
                new(RuleIds.NoJsonForm, "the method has one already, and all are cancelled at once; leave it out"));
            return null;
        }

        if (types.ParseWhole(parameter.Type, parameter.Name, out var reason, Forms.Of(parameter)) is not { } type)
        {
            Refuse(parameter, reason);
            return null;
        }

        reason = DefaultValue.WhyNotCode(parameter) is { IsNone: false } uncoded
            ? uncoded
            : WholeChecks.WhyNot(type, types);
        if (!reason.IsNone)
        {
            Refuse(parameter, reason);
            return null;
        }

        var member = new MemberSpec(
            parameter.Name, parameter.Name, MemberKind.Parameter, type, !parameter.HasExplicitDefaultValue,
            DefaultValue.Of(parameter, type, types), documentation.Parameter(parameter), parameter.IsParams);
        var constant = DefaultValue.ConstantOf(parameter, type);
        if (ConstraintParser.AddTo(member, [Constraining(parameter)], constant, out reason) is { } constrained)
        {
            return parameter.IsParams ? Listed(constrained, parameter) : constrained;
        }

        Refuse(parameter, reason);
        return null;
    }

    /// <summary>
    /// What C# lets a caller list may be left out, and is empty then; but not where an attribute asks for an item.
    /// </summary>
    private static MemberSpec Listed(MemberSpec member, IParameterSymbol parameter) =>
        ConstraintParser.AddTo(member, [Constraining(parameter)], Array.Empty<object>(), out _) is { } mayBeEmpty
            ? mayBeEmpty with { Required = false, Default = DefaultSpec.Empty }
            : member;

    /// <summary>
    /// The parameter of the nearest of the overridden methods that asks something of its values: an override keeps what
    /// its base asks.
    /// </summary>
    private static IParameterSymbol Constraining(IParameterSymbol parameter) =>
        PredictMethods.WithOverridden((IMethodSymbol)parameter.ContainingSymbol)
            .Select(method => method.Parameters[parameter.Ordinal])
            .FirstOrDefault(one => one.GetAttributes().Any(ConstraintParser.IsValidation)) ?? parameter;

    private void Refuse(IParameterSymbol parameter, Reason reason) =>
        Refuse(parameter, $"parameter '{parameter.Name}'", parameter.Type, reason);

    /// <summary>At the place that uses a type, and once at the place in the type that has to be mended.</summary>
    private void Refuse(ISymbol symbol, string what, ITypeSymbol type, Reason reason)
    {
        Refuse(symbol, reason.RuleId, what, type.ToReadable(), reason.Text);
        if (reason.Fault is { } fault)
        {
            fault.AddTo(refusals, reason.RuleId, model.ContainingAssembly, "value", fault.Type, fault.Text);
        }
    }

    private TypeSpec? ParseReturn(IMethodSymbol method)
    {
        var (delivery, answer) = AnswerOf(method);
        if (method.ReturnsVoid || (delivery == Delivery.Returned && IsTask(answer)))
        {
            Refuse(method, RuleIds.NothingReturned, method.Name);
            return null;
        }

        Reason reason;
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            reason = new(
                RuleIds.ProcessValue, "it is returned by reference, which JSON cannot carry; return the value");
        }
        else if (delivery != Delivery.Returned && method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated)
        {
            reason = new(
                RuleIds.NoJsonForm,
                "it may be null, and then there would be nothing to wait for; leave the last '?' out");
        }
        else if (ParseAnswer(method, delivery, answer, out reason) is { } type)
        {
            return type;
        }

        Refuse(method, $"answer of '{method.Name}'", method.ReturnType, reason);
        return null;
    }

    /// <summary>The items of a stream are no whole answers.</summary>
    private TypeSpec? ParseAnswer(IMethodSymbol method, Delivery delivery, ITypeSymbol answer, out Reason reason)
    {
        var forms = Forms.Of(method.GetReturnTypeAttributes());
        return delivery == Delivery.Streamed
            ? types.Parse(answer, out reason, forms)
            : types.ParseWhole(answer, null, out reason, forms);
    }
}
