namespace EnvelopeSdk.Generators.Parsing.Rules;

/// <summary>The ids of the rules that a model class can break. An id is never given to another rule.</summary>
internal static class RuleIds
{
    public const string ClassNotPartial = "ENV0001";
    public const string ClassNotServable = "ENV0002";
    public const string InvalidEnvelopeName = "ENV0003";
    public const string NoPredictMethod = "ENV0004";
    public const string StateNotStorable = "ENV0005";
    public const string NoJsonForm = "ENV0006";
    public const string OpenType = "ENV0007";
    public const string ByReferenceParameter = "ENV0008";
    public const string NothingReturned = "ENV0009";
    public const string GenericMethod = "ENV0010";
    public const string MethodNotPublic = "ENV0011";
    public const string StaticMethod = "ENV0012";
    public const string DuplicateQuery = "ENV0013";
    public const string InvalidQueryName = "ENV0014";
    public const string PredictOutsideModel = "ENV0015";
    public const string UnnamedElement = "ENV0017";
    public const string EndlessValue = "ENV0018";
    public const string UnreadableConverter = "ENV0019";
    public const string UnsaidConstraint = "ENV0020";
    public const string DisputedMember = "ENV0021";
    public const string ProcessValue = "ENV0022";
    public const string UnservedKey = "ENV0023";
    public const string TableWithoutExample = "ENV0024";
    public const string RecorderTaken = "ENV0025";
    public const string DuplicateEnvelope = "ENV0026";
    public const string NothingRequired = "ENV0027";
    public const string LanguageTooOld = "ENV0028";
    public const string SharedStateWritten = "ENV0030";
    public const string SharedInstanceUsed = "ENV0031";
    public const string OutsideRead = "ENV0032";
    public const string ChangingRead = "ENV0033";
    public const string TaskBlocked = "ENV0034";
    public const string UnstoredStateRead = "ENV0035";
    public const string PathAsState = "ENV0036";
}
