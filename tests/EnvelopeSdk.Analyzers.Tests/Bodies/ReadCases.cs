using EnvelopeSdk.Tests.Sources;

namespace EnvelopeSdk.Analyzers.Tests.Bodies;

/// <summary>Reads of what no envelope holds.</summary>
internal static class ReadCases
{
    private const string AsState = "read it when the model is made, and keep what it holds as a parameter of the constructor";
    private const string AsArgument = "take what it gives as an argument, or keep it as a parameter of the constructor";
    private const string OfMachine = "keep it as a parameter of the constructor, or take it as an argument";
    private const string Seeded = "make one for each call, with a seed that is an argument or a parameter of the constructor";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        File("return [|File.ReadAllText(\"a\")|].Length;", "return _read.Length;", "File.ReadAllText", "private readonly string _read = File.ReadAllText(\"a\");"),
        File("return [|File.Exists(\"a\")|] ? 1 : 0;", "File.Delete(\"a\"); return Path.GetExtension(\"a\").Length;", "File.Exists"),
        File("return [|Directory.GetFiles(\"a\")|].Length;", "Directory.CreateDirectory(\"a\"); return x;", "Directory.GetFiles"),
        File("var file = new FileInfo(\"a\"); return (int)[|file.Length|];", "return new FileInfo(\"a\").Name.Length;", "FileInfo.Length"),
        File("return (int)[|new FileInfo(\"a\").LastWriteTime|].Ticks;", "return new DirectoryInfo(\"a\").Name.Length;", "FileSystemInfo.LastWriteTime"),
        File("using var file = [|new FileStream(\"a\", FileMode.Open)|]; return file.ReadByte();", "using var data = new MemoryStream([1]); return data.ReadByte();", "new FileStream"),
        File("using var file = [|new StreamReader(\"a\")|]; return file.Read();", "using var data = new StreamReader(new MemoryStream([1])); return data.Read();", "new StreamReader"),
        File("return new[] { \"a\" }.Select([|File.ReadAllText|]).Count();", "return new[] { \"a\" }.Select(Path.GetFileName).Count();", "File.ReadAllText"),
        File("return _text.Value.Length;", "return _text.Value.Length;", "File.ReadAllText", "private static readonly string Text = File.ReadAllText(\"a\"); private readonly Lazy<string> _text = new(() => Text);", "private readonly Lazy<string> _text = new(() => [|File.ReadAllText(\"a\")|]);"),
        Outside("private readonly HttpClient _http = new();", "return (await [|_http.GetStringAsync(\"http://a\")|]).Length;", "return (await Task.FromResult(\"a\")).Length + (int)_http.Timeout.Ticks;", "HttpClient.GetStringAsync", "the network", AsArgument),
        Outside("private readonly System.Net.Http.HttpMessageInvoker _http = null!;", "await [|_http.SendAsync(null!, default)|]; return x;", "await Task.Yield(); return x;", "HttpMessageInvoker.SendAsync", "the network", AsArgument),
        Outside("", "await [|System.Net.Dns.GetHostAddressesAsync(\"a\")|]; return x;", "await Task.Yield(); return System.Net.IPAddress.Parse(\"::1\").ScopeId > 0 ? 1 : x;", "Dns.GetHostAddressesAsync", "the network", AsArgument),
        Outside("private static Task<System.Data.Common.DbCommand> CommandAsync() => null!;", "await [|(await CommandAsync()).ExecuteScalarAsync()|]; return x;", "(await CommandAsync()).Cancel(); return x;", "DbCommand.ExecuteScalarAsync", "a database", AsArgument),
        Plain("ENV0032", "return [|Environment.GetEnvironmentVariable(\"A\")|]!.Length;", "return Environment.NewLine.Length;", "Environment.GetEnvironmentVariable", "an environment variable", "keep its value as a parameter of the constructor"),
        Plain("ENV0032", "return [|Environment.MachineName|].Length;", "return Environment.NewLine.Length;", "Environment.MachineName", "the machine that it runs on", OfMachine),
        Plain("ENV0032", "return [|Console.ReadLine()|]!.Length;", "Console.WriteLine(x); return x;", "Console.ReadLine", "the console", "take it as an argument"),
        Local("[|DateTime.Now|].Year", "new DateTime(x).Year", "DateTime.Now"),
        Local("[|DateTime.Today|].Year", "new DateTime(x).Date.Year", "DateTime.Today"),
        Local("[|DateTimeOffset.Now|].Year", "DateTimeOffset.UnixEpoch.Year", "DateTimeOffset.Now"),
        Zoned("[|new DateTime(x).ToLocalTime()|].Year", "new DateTime(x).ToUniversalTime().Year", "DateTime.ToLocalTime"),
        Zoned("[|DateTimeOffset.UnixEpoch.ToLocalTime()|].Year", "DateTimeOffset.UnixEpoch.ToUniversalTime().Year", "DateTimeOffset.ToLocalTime"),
        Zoned("[|DateTimeOffset.UnixEpoch.LocalDateTime|].Year", "DateTimeOffset.UnixEpoch.UtcDateTime.Year", "DateTimeOffset.LocalDateTime"),
        Zoned("[|TimeZoneInfo.Local|].Id.Length", "TimeZoneInfo.Utc.Id.Length", "TimeZoneInfo.Local"),
        Zoned("[|_time.GetLocalNow()|].Year", "_time.GetUtcNow().Year", "TimeProvider.GetLocalNow"),
        Zoned("[|_time.LocalTimeZone|].Id.Length", "_time.GetHashCode()", "TimeProvider.LocalTimeZone"),
        Cultured("[|CultureInfo.CurrentCulture|].Name.Length", "CultureInfo.InvariantCulture.Name.Length", "CultureInfo.CurrentCulture"),
        Cultured("[|CultureInfo.CurrentUICulture|].Name.Length", "nameof(CultureInfo.CurrentUICulture).Length", "CultureInfo.CurrentUICulture"),
        Cultured("[|CultureInfo.InstalledUICulture|].Name.Length", "CultureInfo.GetCultureInfo(\"de\").Name.Length", "CultureInfo.InstalledUICulture"),
        Cultured("[|RegionInfo.CurrentRegion|].Name.Length", "new RegionInfo(\"DE\").Name.Length", "RegionInfo.CurrentRegion"),
        Cultured("x.ToString([|NumberFormatInfo.CurrentInfo|]).Length", "x.ToString(NumberFormatInfo.InvariantInfo).Length", "NumberFormatInfo.CurrentInfo"),
        Cultured("new DateTime(x).ToString([|DateTimeFormatInfo.CurrentInfo|]).Length", "new DateTime(x).ToString(DateTimeFormatInfo.InvariantInfo).Length", "DateTimeFormatInfo.CurrentInfo"),
        Cultured("[|StringComparer.CurrentCulture|].Compare(\"a\", \"b\")", "StringComparer.Ordinal.Compare(\"a\", \"b\")", "StringComparer.CurrentCulture"),
        Cultured("string.Compare(\"a\", \"b\", [|StringComparison.CurrentCultureIgnoreCase|])", "string.Compare(\"a\", \"b\", StringComparison.InvariantCulture)", "StringComparison.CurrentCultureIgnoreCase"),
        Cultured("[|Thread.CurrentThread.CurrentCulture|].Name.Length", "Thread.CurrentThread.ManagedThreadId", "Thread.CurrentCulture"),
        BodyCases.Of(
            "ENV0032", "[Predict] public int Predict(int x) => [|CultureInfo.CurrentCulture|].LCID;",
            "[Predict] public int Predict(int x) { CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; return x; }",
            "CultureInfo.CurrentCulture", "the culture of the host", "name the one that is meant, such as CultureInfo.InvariantCulture: a service runs in the culture that EnvelopeInfo.Culture names, else in the invariant one"),
        Plain("ENV0033", "return [|DateTimeOffset.UtcNow|].Year;", "return DateTimeOffset.FromUnixTimeSeconds(x).Year;", "DateTimeOffset.UtcNow", "the clock", "take the time as an argument"),
        Plain("ENV0033", "return [|TimeProvider.System|].GetUtcNow().Year;", "return System.Diagnostics.Stopwatch.StartNew().IsRunning ? 1 : x;", "TimeProvider.System", "the clock", "take the time as an argument"),
        Plain("ENV0033", "return (int)[|Environment.TickCount64|];", "return DateTime.DaysInMonth(2026, x);", "Environment.TickCount64", "the clock", "take the time as an argument"),
        Plain("ENV0033", "return [|Random.Shared|].Next();", "return new Random(x).Next();", "Random.Shared", "a random generator without a seed", Seeded),
        Plain("ENV0033", "return [|new Random()|].Next();", "return new Random(1).Next();", "new Random", "a random generator without a seed", Seeded),
        Plain("ENV0033", "return [|Guid.NewGuid()|].Version;", "return Guid.Parse(\"a\").Version;", "Guid.NewGuid", "a random generator without a seed", Seeded),
        Plain("ENV0033", "return [|System.Security.Cryptography.RandomNumberGenerator.GetInt32(x)|];", "return System.Security.Cryptography.SHA256.HashData([1])[0];", "RandomNumberGenerator.GetInt32", "a random generator without a seed", Seeded),
        Plain("ENV0033", "return [|\"a\".GetHashCode()|];", "return x.GetHashCode();", "String.GetHashCode", "a hash code, which each process computes with a seed of its own", "compute the hash with a function that has none"),
        Plain("ENV0033", "return [|HashCode.Combine(x)|];", "return x.GetHashCode();", "HashCode.Combine", "a hash code, which each process computes with a seed of its own", "compute the hash with a function that has none"),
    ];

    private static RuleCase Local(string wrong, string right, string member) => Hosted(wrong, right, member, "the clock in the time zone of the host", "take the time as an argument, with its offset, or use UTC");

    private static RuleCase Zoned(string wrong, string right, string member) => Hosted(wrong, right, member, "the time zone of the host", "take the zone as an argument, or use UTC");

    private static RuleCase Cultured(string wrong, string right, string member) => Hosted(
        wrong, right, member, "the culture of the host", "name the one that is meant, such as CultureInfo.InvariantCulture: a service runs in the culture that EnvelopeInfo.Culture names, else in the invariant one");

    /// <summary>A read in a method that the predict method calls, as by itself.</summary>
    private static RuleCase Hosted(string wrong, string right, string member, string what, string cure)
    {
        const string Members = "private readonly TimeProvider _time = TimeProvider.System; [Predict] public int Predict(int x) => Read(x); private int Read(int x)";
        return BodyCases.Of("ENV0032", $"{Members} => {wrong};", $"{Members} => {right};", member, what, cure);
    }

    private static RuleCase File(string wrong, string right, string member, string rightMembers = "", string wrongMembers = "") => BodyCases.Of(
        "ENV0032", wrongMembers + Method(wrong), rightMembers + Method(right), member, "a file", AsState);

    private static RuleCase Plain(string id, string wrong, string right, string member, string what, string cure) =>
        BodyCases.Of(id, Method(wrong), Method(right), member, what, cure);

    private static RuleCase Outside(string members, string wrong, string right, string member, string what, string cure) =>
        BodyCases.Of("ENV0032", members + Awaited(wrong), members + Awaited(right), member, what, cure);

    private static string Method(string body) => $"[Predict] public int Predict(int x) {{ {body} }}";

    private static string Awaited(string body) => $"[Predict] public async Task<int> Predict(int x) {{ {body} }}";
}
