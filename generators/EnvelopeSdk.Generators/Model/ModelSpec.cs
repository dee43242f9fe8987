using System.Collections.Generic;
using System.Linq;

namespace EnvelopeSdk.Generators.Model;

/// <summary>Everything the emitters know of a model class. It holds no symbol.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="ClassName">The class's name.</param>
/// <param name="TypeKeyword"><c>class</c> or <c>record</c>.</param>
/// <param name="EnvelopeName">What <c>[EnvelopeModel]</c> says.</param>
/// <param name="Documentation">What its comment says.</param>
/// <param name="Queries">The predict methods that can be served, sorted by query name.</param>
/// <param name="RefusedMethods">The predict methods that cannot.</param>
/// <param name="Types">The enums and objects that the queries name, sorted by name.</param>
/// <param name="State">The parameters of the constructor that holds the state.</param>
/// <param name="StateTypes">The enums and objects that only the state names.</param>
/// <param name="IsCreatable">Whether a model can be made of its state.</param>
internal sealed record ModelSpec(
    string Namespace,
    string ClassName,
    string TypeKeyword,
    string EnvelopeName,
    DocumentationSpec? Documentation,
    EquatableArray<QuerySpec> Queries,
    EquatableArray<RefusedMethodSpec> RefusedMethods,
    EquatableArray<NamedTypeSpec> Types,
    EquatableArray<StateSpec> State,
    EquatableArray<NamedTypeSpec> StateTypes,
    bool IsCreatable)
{
    /// <summary>
    /// The ids of the warnings that generated code gives where it uses what is obsolete or experimental.
    /// </summary>
    public EquatableArray<string> Marks { get; init; }

    /// <summary>
    /// The first part of the name of its file: its full name, and a number where another differs from it by case alone,
    /// which the names of files do not tell apart.
    /// </summary>
    public string FileName { get; init; } = "";

    public string FullName => Namespace.Length == 0 ? "global::" + ClassName : $"global::{Namespace}.{ClassName}";
}

/// <summary>A parameter of the primary constructor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CSharp">Its type, as generated code writes it.</param>
/// <param name="TypeOf">Its type, as a <c>typeof</c> takes it.</param>
/// <param name="Codec">The codec class that stores it, if one does.</param>
/// <param name="Json">
/// Its type as JSON, if it is stored as JSON; null with no codec means that it cannot be stored.
/// </param>
internal sealed record StateSpec(string Name, string CSharp, string TypeOf, string? Codec, TypeSpec? Json);

/// <summary>
/// A predict method that cannot be served. Its example method is still emitted, so that calls of it compile.
/// </summary>
/// <param name="Method">The method's name.</param>
/// <param name="Accessibility">
/// From where its example method can be called, given the types that its signature names.
/// </param>
/// <param name="IsUnsafe">Whether its signature names a pointer.</param>
/// <param name="TypeParameters">The names of its type parameters.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Constraints">Those of its type parameters, as they are declared.</param>
/// <param name="Delivery">How its answer comes.</param>
internal sealed record RefusedMethodSpec(
    string Method,
    string Accessibility,
    bool IsUnsafe,
    EquatableArray<string> TypeParameters,
    EquatableArray<RefusedParameterSpec> Parameters,
    string Constraints,
    Delivery Delivery);

/// <summary>A parameter of such a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CSharp">Its type, as generated code writes it.</param>
/// <param name="Modifier">How it is passed; null without a modifier.</param>
/// <param name="IsOptional">Whether it has a default value.</param>
internal sealed record RefusedParameterSpec(string Name, string CSharp, string? Modifier, bool IsOptional);

/// <summary>How the answer of a predict method comes.</summary>
internal enum Delivery
{
    /// <summary>The method returns it.</summary>
    Returned,

    /// <summary>The method returns a task of it.</summary>
    Awaited,

    /// <summary>The method returns a stream of items.</summary>
    Streamed,
}

/// <summary>A predict method.</summary>
/// <param name="Name">The query's name.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Documentation">What its comment says.</param>
/// <param name="Parameters">The parameters, in order, without a cancellation token.</param>
/// <param name="Returns">What it answers; of a stream, one item.</param>
/// <param name="ReturnsDocumentation">What its comment says of the answer.</param>
/// <param name="Delivery">How the answer comes.</param>
/// <param name="Token">Its cancellation token; null without one.</param>
/// <param name="Base">The base class that declares it first; null when the model class does.</param>
internal sealed record QuerySpec(
    string Name,
    string Method,
    DocumentationSpec? Documentation,
    EquatableArray<MemberSpec> Parameters,
    TypeSpec Returns,
    DocumentationSpec? ReturnsDocumentation,
    Delivery Delivery,
    TokenSpec? Token,
    BaseSpec? Base)
{
    /// <summary>The whole of an answer: of a stream, the list of its items.</summary>
    public TypeSpec Answer => Delivery == Delivery.Streamed ? CollectionSpec.ListOf(Returns) : Returns;

    /// <summary>
    /// Whether a service may call it for several requests at once. No part of the schema: callers do not see it.
    /// </summary>
    public bool IsConcurrent { get; init; } = true;

    /// <summary>Those of the parameters and the answer that are tables.</summary>
    public IEnumerable<TableSpec> Tables =>
        Parameters.Select(parameter => parameter.Type).Append(Returns).OfType<TableSpec>();

    /// <summary>The name of the generated method that records an example.</summary>
    public string Recorder => RecorderOf(Method, Delivery);

    /// <summary>
    /// <c>PredictExample</c> for <c>Predict</c>, and <c>PredictExampleAsync</c> for what is awaited,
    /// <c>PredictAsync</c> by name or not.
    /// </summary>
    public static string RecorderOf(string method, Delivery delivery)
    {
        const string Suffix = "Async";
        var isAwaited = delivery != Delivery.Returned;
        var name = isAwaited && method.EndsWith(Suffix, System.StringComparison.Ordinal)
            ? method.Substring(0, method.Length - Suffix.Length)
            : method;
        return name + "Example" + (isAwaited ? Suffix : "");
    }
}

/// <summary>
/// Where a predict method is looked up. Of the model class itself, C# would call an overload of it that also takes the
/// arguments; the base's signature may say otherwise what is null, and may return a base of what an override returns.
/// </summary>
/// <param name="Class">The class, as generated code writes it.</param>
/// <param name="Returns">What the most derived implementation returns.</param>
internal sealed record BaseSpec(string Class, string Returns);

/// <summary>The parameter of a predict method that is cancelled when the caller goes away.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Position">Its position, from zero.</param>
internal sealed record TokenSpec(string Name, int Position);

/// <summary>How a member's value gets into its object, and out of it.</summary>
internal enum MemberKind
{
    /// <summary>As a parameter of the method or constructor.</summary>
    Parameter,

    /// <summary>Set on the object after it was made.</summary>
    Settable,

    /// <summary>Only through an object initializer.</summary>
    InitOnly,

    /// <summary>Not at all: the object says it itself.</summary>
    ReadOnly,

    /// <summary>It holds all members that the object does not declare.</summary>
    Extension,
}

/// <summary>Which values of a member are left out when its object is written.</summary>
internal enum Omission
{
    /// <summary>None.</summary>
    Never,

    /// <summary>Null.</summary>
    Null,

    /// <summary>The <c>default</c> of its type.</summary>
    Default,

    /// <summary>All.</summary>
    Always,
}

/// <summary>A parameter of a predict method, or a member of an object.</summary>
/// <param name="Name">The C# name, without <c>@</c>.</param>
/// <param name="JsonName">The name in JSON.</param>
/// <param name="Kind">How its value gets into its object.</param>
/// <param name="Type">Its type.</param>
/// <param name="Required">Whether a caller must give it.</param>
/// <param name="Default">
/// What it is when a caller does not give it; null when required, or when the object sets it itself.
/// </param>
/// <param name="Documentation">What its comment says.</param>
/// <param name="IsParams">Whether a caller in C# may list its items.</param>
/// <param name="Property">
/// The property that is written; that of the same name when null, which a parameter of a constructor may not have.
/// </param>
internal sealed record MemberSpec(
    string Name,
    string JsonName,
    MemberKind Kind,
    TypeSpec Type,
    bool Required,
    DefaultSpec? Default,
    DocumentationSpec? Documentation,
    bool IsParams = false,
    string? Property = null)
{
    /// <summary>What its values must fulfil beside their type.</summary>
    public EquatableArray<ConstraintSpec> Constraints { get; init; }

    /// <summary>When it is left out of what is written.</summary>
    public Omission Omitted { get; init; }

    /// <summary>Its place when it is written: before those of a higher one, behind those of a lower one.</summary>
    public int Order { get; init; }
}

/// <summary>What a value must fulfil beside its type.</summary>
/// <param name="Keyword">The keyword of JSON Schema; <c>denied</c> for the values that are not allowed.</param>
/// <param name="Json">What follows the keyword, as JSON.</param>
/// <param name="Expected">What is asked for, in words.</param>
internal sealed record ConstraintSpec(string Keyword, string Json, string Expected)
{
    /// <summary>The regular expression that a string has to match; null for other keywords.</summary>
    public string? Pattern { get; init; }

    /// <summary>The listed values that are not null.</summary>
    public EquatableArray<ConstantSpec> Values { get; init; }
}

/// <summary>A listed value.</summary>
/// <param name="Value">A number as JSON writes it, in the precision of its type; or else the constant itself.</param>
internal sealed record ConstantSpec(object Value);

/// <summary>A default value.</summary>
/// <param name="Constant">The constant, of an enum its number; null for the <c>default</c> of the type.</param>
/// <param name="Json">As JSON; null for a value that JSON cannot carry.</param>
internal sealed record DefaultSpec(object? Constant, string? Json)
{
    /// <summary>The collection without items of a parameter with <c>params</c>.</summary>
    public static readonly DefaultSpec Empty = new(null, "[]") { IsEmpty = true };

    /// <summary>Whether it is a collection without items, whatever its type.</summary>
    public bool IsEmpty { get; init; }
}
