using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>Members of .NET that read what no envelope holds.</summary>
internal static class OutsideReads
{
    private static readonly Kind File = new(
        Descriptors.OutsideRead, "a file",
        "read it when the model is made, and keep what it holds as a parameter of the constructor");
    private static readonly Kind Network = new(
        Descriptors.OutsideRead, "the network",
        "take what it gives as an argument, or keep it as a parameter of the constructor");
    private static readonly Kind Database = new(
        Descriptors.OutsideRead, "a database",
        "take what it gives as an argument, or keep it as a parameter of the constructor");
    private static readonly Kind Variable = new(
        Descriptors.OutsideRead, "an environment variable", "keep its value as a parameter of the constructor");
    private static readonly Kind Machine = new(
        Descriptors.OutsideRead, "the machine that it runs on",
        "keep it as a parameter of the constructor, or take it as an argument");
    private static readonly Kind Console = new(Descriptors.OutsideRead, "the console", "take it as an argument");
    private static readonly Kind Culture = new(
        Descriptors.OutsideRead, "the culture of the host",
        "name the one that is meant, such as CultureInfo.InvariantCulture: a service runs in the culture that "
            + "EnvelopeInfo.Culture names, else in the invariant one");
    private static readonly Kind Zone = new(
        Descriptors.OutsideRead, "the time zone of the host", "take the zone as an argument, or use UTC");
    private static readonly Kind LocalClock = new(
        Descriptors.OutsideRead, "the clock in the time zone of the host",
        "take the time as an argument, with its offset, or use UTC");
    private static readonly Kind Clock = new(Descriptors.ChangingRead, "the clock", "take the time as an argument");
    private static readonly Kind Chance = new(
        Descriptors.ChangingRead, "a random generator without a seed",
        "make one for each call, with a seed that is an argument or a parameter of the constructor");
    private static readonly Kind HashSeed = new(
        Descriptors.ChangingRead, "a hash code, which each process computes with a seed of its own",
        "compute the hash with a function that has none");

    /// <summary>
    /// What the members of a type read that begin so. A constructor is called <c>new</c>; its first parameter's type
    /// follows.
    /// </summary>
    private static readonly ILookup<string, (string Member, Kind Kind)> Members =
        new (string Type, Kind Kind, string[] Members)[]
        {
            ("System.IO.File", File, ["Exists", "Get", "Open", "Read"]),
            ("System.IO.Directory", File, ["Enumerate", "Exists", "Get"]),
            ("System.IO.FileSystemInfo", File, ["Attributes", "CreationTime", "Exists", "LastAccess", "LastWrite"]),
            ("System.IO.FileInfo", File, ["Exists", "Length", "Open"]),
            ("System.IO.DirectoryInfo", File, ["Enumerate", "Exists", "Get"]),
            ("System.IO.FileStream", File, ["new"]),
            ("System.IO.StreamReader", File, ["new String"]),
            ("System.Net.Http.HttpMessageInvoker", Network, ["Delete", "Get", "Patch", "Post", "Put", "Send"]),
            ("System.Net.Http.Json.HttpClientJsonExtensions", Network, ["Delete", "Get", "Patch", "Post", "Put"]),
            ("System.Net.WebClient", Network, ["Download", "Open", "Upload"]),
            ("System.Net.WebRequest", Network, ["GetResponse"]),
            ("System.Net.WebSockets.WebSocket", Network, ["Connect", "Receive"]),
            ("System.Net.Dns", Network, ["Get"]),
            ("System.Net.Sockets.Socket", Network, ["Connect", "Receive", "Send"]),
            ("System.Net.Sockets.TcpClient", Network, ["Connect", "GetStream", "new String"]),
            ("System.Net.Sockets.UdpClient", Network, ["Receive"]),
            ("System.Data.Common.DbCommand", Database, ["Execute"]),
            ("System.Data.IDbCommand", Database, ["Execute"]),
            ("System.Environment", Variable, ["ExpandEnvironmentVariables", "GetEnvironmentVariable"]),
            ("System.Environment", Machine,
            [
                "CommandLine", "CurrentDirectory", "GetCommandLineArgs", "GetFolderPath", "MachineName", "OSVersion",
                "User",
            ]),
            ("System.Console", Console, ["In", "OpenStandardInput", "Read"]),
            ("System.Environment", Clock, ["TickCount"]),
            ("System.DateTime", LocalClock, ["Now", "Today"]),
            ("System.DateTime", Zone, ["ToLocalTime"]),
            ("System.DateTime", Clock, ["UtcNow"]),
            ("System.DateTimeOffset", LocalClock, ["Now"]),
            ("System.DateTimeOffset", Zone, ["LocalDateTime", "ToLocalTime"]),
            ("System.DateTimeOffset", Clock, ["UtcNow"]),
            ("System.TimeZoneInfo", Zone, ["Local"]),
            ("System.TimeZone", Zone, ["CurrentTimeZone"]),
            ("System.TimeProvider", Zone, ["GetLocalNow", "LocalTimeZone"]),
            ("System.Globalization.CultureInfo", Culture, ["Current", "DefaultThreadCurrent", "InstalledUICulture"]),
            ("System.Globalization.RegionInfo", Culture, ["CurrentRegion"]),
            ("System.Globalization.NumberFormatInfo", Culture, ["CurrentInfo"]),
            ("System.Globalization.DateTimeFormatInfo", Culture, ["CurrentInfo"]),
            ("System.StringComparer", Culture, ["CurrentCulture"]),
            ("System.StringComparison", Culture, ["CurrentCulture"]),
            ("System.Threading.Thread", Culture, ["CurrentCulture", "CurrentUICulture"]),
            ("System.TimeProvider", Clock, ["System"]),
            ("System.Random", Chance, ["Shared", "new()"]),
            ("System.Guid", Chance, ["CreateVersion7", "NewGuid"]),
            ("System.Security.Cryptography.RandomNumberGenerator", Chance, ["Create", "Fill", "Get"]),
            ("System.HashCode", HashSeed, ["Combine", "ToHashCode"]),
            ("System.String", HashSeed, ["GetHashCode"]),
        }
        .SelectMany(row => row.Members, (row, member) => (row.Type, Member: (member, row.Kind)))
        .ToLookup(row => row.Type, row => row.Member);

    /// <summary>
    /// What an operation reads, and the name of the member that reads it; null when it reads nothing of that.
    /// </summary>
    public static (Kind Kind, string Member)? Of(IOperation operation) =>
        MemberOf(operation) is { ContainingType: { } type } member
        && type.SelfAndBases().SelectMany(one => Members[one.ToMetadataName()])
            .FirstOrDefault(row => Signature(member).StartsWith(row.Member, StringComparison.Ordinal)).Kind is { } kind
            ? (kind, member is IMethodSymbol { MethodKind: MethodKind.Constructor }
                ? $"new {type.Name}"
                : $"{type.Name}.{member.Name}")
            : null;

    /// <summary>The name of the member with which an operation reads a file; null when it reads none.</summary>
    public static string? FileOf(IOperation operation) =>
        Of(operation) is var (kind, member) && kind == File ? member : null;

    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IMethodReferenceOperation reference => reference.Method,
        IPropertyReferenceOperation reference when !IsSet(reference) => reference.Property,
        IFieldReferenceOperation reference => reference.Field,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };

    private static bool IsSet(IPropertyReferenceOperation reference) =>
        reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;

    private static string Signature(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            ? constructor.Parameters is { Length: > 0 } parameters ? $"new {parameters[0].Type.Name}" : "new()"
            : member.Name;

    /// <summary>A kind of what is read.</summary>
    /// <param name="Rule">ENV0032 for what is elsewhere another, ENV0033 for what is another each time.</param>
    /// <param name="Name">What is read, in words.</param>
    /// <param name="Cure">What to do instead.</param>
    public sealed record Kind(DiagnosticDescriptor Rule, string Name, string Cure);
}
