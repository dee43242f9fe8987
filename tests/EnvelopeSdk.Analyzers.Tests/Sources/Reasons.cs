namespace EnvelopeSdk.Tests.Sources;

/// <summary>The reasons that messages name for many types.</summary>
internal static class Reasons
{
    public const string Unknown = "no JSON form of it is known; use a record of what it holds";
    public const string Anything = "it could be anything, so no schema says what to send; declare a record with the members it has, or JsonElement for a value that is really open";
    public const string AnyItems = "its items could be anything, so no schema says what to send; use List<T> or an array";
    public const string Unnamed = "its elements have no names, so JSON has none for its members; name them, as in (float Low, float High)";
    public const string Address = "it is an address, which JSON cannot carry; use a value or an array";
    public const string Code = "it is code, which JSON cannot carry; use the data that it stands for";
    public const string Work = "it belongs to running work, which JSON cannot carry; use the data that it stands for";
    public const string Resource = "it is a resource of the process, which JSON cannot carry; use the data that it stands for";

    public const string OnlyWhole = "only the answer as a whole can be a stream; return IAsyncEnumerable<T> itself, with no task or collection around it, and use a list elsewhere";
    public const string Nothing = "it may be null, and then there would be nothing to wait for; leave the last '?' out";
    public const string Reversed = "System.Text.Json would give its items back in reverse; use a list, or a queue";
    public const string NoRank = "its type does not say how many dimensions it has, so no schema says how deep its arrays are nested; mark it with [TensorRank(n)], n from 1 to 32";

    public static string NoKey(string type) =>
        $"its keys of type {type} cannot be the member names of a JSON object; use string, an integer type, Guid or an enum without [Flags]";

    public static string Unsorted(string type) => $"its items of type {type} have no order to be sorted in; use List<{type}>, or items that implement IComparable";

    public static string Endless(string type) => $"every value of {type} contains another one, so none can be written; make a member of it nullable";

    public const string OnText = "use Length, MinLength, MaxLength, StringLength, RegularExpression, AllowedValues, DeniedValues, EmailAddress or Url, or check the value in the method";

    public static string Unsaid(string attribute, string member, string type, string cure = OnText) =>
        $"[{attribute}] of '{member}' cannot be part of a schema for {type}; {cure}";

    public static string Whole(string type, string check) =>
        $"{type} is checked as a whole by {check}, which no schema says and no service asks; leave it out, and check the value in the method: throw a PredictionRefusedException that says what is wrong";

    public static string Growing(string type, string parameter) =>
        $"{type} leads to itself with an ever larger type in the place of {parameter}, so its schema would never end; let it contain itself with {parameter} as it is";

    public static string Omitted(string member) =>
        $"its member '{member}' is required, but its [JsonIgnore] leaves it out of what is written; let it be absent, or leave one of the two out";
}
