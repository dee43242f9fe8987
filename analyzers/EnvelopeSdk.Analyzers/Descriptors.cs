using EnvelopeSdk.Generators.Parsing.Rules;
using EnvelopeSdk.Vocabulary;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers;

/// <summary>What the rules say. Each has a page in <c>analyzers/docs</c>.</summary>
internal static class Descriptors
{
    /// <summary>
    /// Said of a parameter and of an answer alike: the families of reasons are told apart by their ids.
    /// </summary>
    private const string Unserved = "The {0} of type {1} cannot be served: {2}";

    public static readonly DiagnosticDescriptor ClassNotPartial = Make(
        RuleIds.ClassNotPartial, "A model class must be partial",
        "Declare '{0}' as partial: the code that saves and loads it is generated as another part of it");

    public static readonly DiagnosticDescriptor ClassNotServable = Make(
        RuleIds.ClassNotServable, "A model class must be one that others can create",
        "'{0}' {1}, so no envelope can be made of it; make it a public, non-abstract, non-generic class of its own");

    public static readonly DiagnosticDescriptor InvalidEnvelopeName = Make(
        RuleIds.InvalidEnvelopeName, "An envelope's name must be the name of a repository",
        "'{0}' is not a name for an envelope; use lower-case letters and digits in groups separated by single '-', "
        + "'_' or '.', at most 128 characters");

    public static readonly DiagnosticDescriptor NoPredictMethod = Make(
        RuleIds.NoPredictMethod, "A model class needs a predict method",
        "'{0}' has no method marked with [Predict], so a service of it would answer nothing; mark the public methods "
        + "that it is to answer with");

    public static readonly DiagnosticDescriptor StateNotStorable = Make(
        RuleIds.StateNotStorable, "A model's state must be storable",
        "'{0}' cannot be stored in an envelope: {1}");

    public static readonly DiagnosticDescriptor NoJsonForm = Make(
        RuleIds.NoJsonForm, "A served type must have a JSON form", Unserved);

    public static readonly DiagnosticDescriptor OpenType = Make(
        RuleIds.OpenType, "A served type must say what its values are", Unserved);

    public static readonly DiagnosticDescriptor ByReferenceParameter = Make(
        RuleIds.ByReferenceParameter, "A predict method's parameter must be passed by value",
        "The parameter '{0}' is passed by reference ('{1}'), which a service cannot do; pass it by value, and return "
        + "what the method gives back");

    public static readonly DiagnosticDescriptor NothingReturned = Make(
        RuleIds.NothingReturned, "A predict method must return its prediction",
        "'{0}' returns nothing, so a service of it would answer nothing; return the prediction");

    public static readonly DiagnosticDescriptor GenericMethod = Make(
        RuleIds.GenericMethod, "A predict method must not be generic",
        "'{0}' is generic, so its schema is not known when it is built; write a method for each type that it is "
        + "served with");

    public static readonly DiagnosticDescriptor MethodNotPublic = Make(
        RuleIds.MethodNotPublic, "A predict method must be public",
        "'{0}' is not public, so a service cannot call it; make it public, or leave [Predict] out");

    public static readonly DiagnosticDescriptor StaticMethod = Make(
        RuleIds.StaticMethod, "A predict method must not be static",
        "'{0}' is static, so it predicts without the model's state; make it an instance method");

    public static readonly DiagnosticDescriptor DuplicateQuery = Make(
        RuleIds.DuplicateQuery, "Two predict methods must not have one name",
        "'{0}' is the query '{1}', and so is '{2}'{3}; give one of them another name with [Predict(\"...\")]");

    public static readonly DiagnosticDescriptor InvalidQueryName = Make(
        RuleIds.InvalidQueryName, "A query's name must be a segment of a route",
        "'{0}' is not a name for the query '{1}': {2}");

    public static readonly DiagnosticDescriptor PredictOutsideModel = Make(
        RuleIds.PredictOutsideModel, "[Predict] has no effect but on the methods of a model class",
        "'{0}' is marked with [Predict], but it is not served: {1}", DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor UnnamedElement = Make(
        RuleIds.UnnamedElement, "The elements of a served tuple must have names", Unserved);

    public static readonly DiagnosticDescriptor EndlessValue = Make(
        RuleIds.EndlessValue, "A served value must end", Unserved);

    public static readonly DiagnosticDescriptor UnreadableConverter = Make(
        RuleIds.UnreadableConverter, "A served type's JSON converter must be readable at build time", Unserved);

    public static readonly DiagnosticDescriptor UnsaidConstraint = Make(
        RuleIds.UnsaidConstraint, "A validation attribute must be one that a schema can say", Unserved);

    public static readonly DiagnosticDescriptor DisputedMember = Make(
        RuleIds.DisputedMember, "A served type and its JSON must agree about its members", Unserved);

    public static readonly DiagnosticDescriptor ProcessValue = Make(
        RuleIds.ProcessValue, "A served value must mean something outside its process", Unserved);

    public static readonly DiagnosticDescriptor UnservedKey = Make(
        RuleIds.UnservedKey, "The keys of a served dictionary must be member names", Unserved);

    public static readonly DiagnosticDescriptor TableWithoutExample = Make(
        RuleIds.TableWithoutExample, "A model with tables must be saved with an example",
        "'{0}' of {1} takes or answers a table, whose columns only an example tells, so saving it without one fails; "
        + "pass new EnvelopeInfo {{ Examples = [{2}(...)] }}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor RecorderTaken = Make(
        RuleIds.RecorderTaken, "An example method must not have the name of another member",
        "'{0}' gets an example method '{1}', but {2} has that name; rename one of them");

    public static readonly DiagnosticDescriptor DuplicateEnvelope = Make(
        RuleIds.DuplicateEnvelope, "Two model classes must not have one envelope name",
        "'{0}' is the envelope '{1}', and so is '{2}', so each would be taken for a newer version of the other; give "
        + "one of them another name");

    public static readonly DiagnosticDescriptor NothingRequired = Make(
        RuleIds.NothingRequired, "A served input should say which members it needs",
        "'{0}' requires no member, so {1} is accepted, and leaves {2} zero{3}; {4}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor LanguageTooOld = Make(
        RuleIds.LanguageTooOld, "A model class must be compiled as C# 12 or later",
        "'{0}' is compiled as C# {1}, and the part of it that is generated is written in C# 12; leave LangVersion out "
        + "of the project, or set it to 12 or later");

    public static readonly DiagnosticDescriptor SharedStateWritten = Make(
        RuleIds.SharedStateWritten, "A predict method must not write what concurrent calls share",
        "{0} is called for several requests at once, and writes '{1}', which they share; use a local variable, a "
        + "lock, Interlocked or a concurrent collection, or mark the method with [NotConcurrent]",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor SharedInstanceUsed = Make(
        RuleIds.SharedInstanceUsed, "A predict method must not share what serves one thread at a time",
        "{0} is called for several requests at once, and uses '{1}', which they share, but {2} serves one thread at "
        + "a time; {3}, or mark the method with [NotConcurrent]",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor OutsideRead = Make(
        RuleIds.OutsideRead, "A predict method must not read what the envelope does not hold",
        "{0} reads {2} with '{1}'; the envelope does not hold it, so a service finds another or none; {3}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor ChangingRead = Make(
        RuleIds.ChangingRead, "A predict method should answer the same call alike each time",
        "{0} reads {2} with '{1}', so the same call may be answered otherwise the next time; {3}",
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor TaskBlocked = Make(
        RuleIds.TaskBlocked, "A predict method must not block on a task",
        "{0} holds a thread of the service with '{1}' until a task has ended; await the task, and return Task<T>",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor UnstoredStateRead = Make(
        RuleIds.UnstoredStateRead, "A predict method must not depend on state that is not stored",
        "{0} reads '{1}', which is set after the model was constructed and is no parameter of its primary "
        + "constructor, so an envelope does not hold it: a loaded model predicts otherwise; make it a parameter",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor PathAsState = Make(
        RuleIds.PathAsState, "A model's state must not be the path of a file",
        "'{0}' is state of '{1}', and '{2}' opens the file that it names; the envelope holds the path and not the "
        + "file, so a service finds another or none; load it in the training program, and keep what it holds as state",
        DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Make(
        string id, string title, string message,
        DiagnosticSeverity severity = DiagnosticSeverity.Error, bool compilationEnd = false) => new(
        id, title, message, "EnvelopeSdk", severity, isEnabledByDefault: true,
        helpLinkUri: HelpPages.Of(id),
        customTags: compilationEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
