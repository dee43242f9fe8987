using EnvelopeSdk.Analyzers.Tests.Bodies;
using EnvelopeSdk.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Analyzers.Tests;

/// <summary>Members of .NET that a rule knows by name, each of them called once.</summary>
public class KnownMemberTests
{
    [Theory]
    [InlineData("LinkedList<int>", "AddFirst(1)", "AddLast(1)", "AddAfter(_shared.First!, 1)", "AddBefore(_shared.First!, 1)", "RemoveFirst()", "RemoveLast()", "Remove(1)", "Clear()")]
    [InlineData("List<int>", "Add(1)", "AddRange([1])", "Insert(0, 1)", "InsertRange(0, [1])", "RemoveAll(one => one == 1)", "RemoveAt(0)", "RemoveRange(0, 1)", "Reverse()", "Sort()", "AddRange(new ReadOnlySpan<int>([1]))")]
    [InlineData("IDictionary<int, int>", "TryAdd(1, 1)", "Remove(1, out _)")]
    [InlineData("System.Collections.BitArray", "And(new(1))", "Or(new(1))", "Xor(new(1))", "Not()", "Set(0, true)", "SetAll(true)")]
    [InlineData("HashSet<int>", "ExceptWith([1])", "IntersectWith([1])", "SymmetricExceptWith([1])", "UnionWith([1])", "RemoveWhere(one => one == 1)")]
    [InlineData("Queue<int>", "Enqueue(1)", "Dequeue()", "TryDequeue(out _)")]
    [InlineData("PriorityQueue<int, int>", "EnqueueDequeue(1, 1)", "EnqueueRange([(1, 1)])")]
    [InlineData("Stack<int>", "Push(1)", "Pop()", "TryPop(out _)")]
    [InlineData("Dictionary<int, int>", "TryAdd(1, 1)")]
    [InlineData("System.Collections.ArrayList", "Add(1)")]
    [InlineData("System.Collections.ObjectModel.ObservableCollection<int>", "Move(0, 0)", "Add(1)")]
    [InlineData("System.Collections.Specialized.StringCollection", "Add(\"a\")")]
    [InlineData("int[]", "AsSpan().Fill(1)", "AsSpan().Clear()", "AsSpan().Reverse()", "AsSpan().Sort()", "SetValue(1, 0)")]
    public async Task What_changes_a_shared_collection_is_reported(string type, params string[] calls)
    {
        foreach (var call in calls)
        {
            Assert.Equal(("ENV0030", call), (await IdAsync($"private readonly {type} _shared = null!;", $"_shared.{call};"), call));
            Assert.Equal(("", call), (await IdAsync("", $"{type} own = null!; own.{call.Replace("_shared", "own", StringComparison.Ordinal)};"), call));
        }
    }

    [Theory]
    [InlineData("Array.Fill(_shared, 1)")]
    [InlineData("Array.Clear(_shared)")]
    [InlineData("Array.Reverse(_shared)")]
    [InlineData("Array.Sort(_shared)")]
    public async Task What_changes_a_shared_array_is_reported(string call)
    {
        Assert.Equal("ENV0030", await IdAsync("private readonly int[] _shared = [1];", call + ";"));
        Assert.Equal("", await IdAsync("", $"int[] own = [1]; {call.Replace("_shared", "own", StringComparison.Ordinal)};"));
    }

    [Theory]
    [InlineData("File.Exists(\"a\")", "File.GetAttributes(\"a\")", "File.OpenRead(\"a\")", "File.ReadLines(\"a\")")]
    [InlineData("Directory.EnumerateFiles(\"a\")", "Directory.Exists(\"a\")", "Directory.GetFiles(\"a\")")]
    [InlineData("new FileInfo(\"a\").Attributes", "new FileInfo(\"a\").CreationTime", "new FileInfo(\"a\").Exists", "new FileInfo(\"a\").LastAccessTime", "new FileInfo(\"a\").LastWriteTime")]
    [InlineData("new FileInfo(\"a\").Length", "new FileInfo(\"a\").OpenText()")]
    [InlineData("new DirectoryInfo(\"a\").EnumerateFiles()", "new DirectoryInfo(\"a\").Exists", "new DirectoryInfo(\"a\").GetFiles()")]
    [InlineData("new FileStream(\"a\", FileMode.Open)", "new StreamReader(\"a\")")]
    [InlineData("((HttpClient)null!).DeleteAsync(\"a\")", "((HttpClient)null!).GetAsync(\"a\")", "((HttpClient)null!).PatchAsync(\"a\", null)", "((HttpClient)null!).PostAsync(\"a\", null)", "((HttpClient)null!).PutAsync(\"a\", null)", "((HttpClient)null!).SendAsync(null!)")]
    [InlineData("((HttpClient)null!).DeleteFromJsonAsync<int>(\"a\")", "((HttpClient)null!).GetFromJsonAsync<int>(\"a\")", "((HttpClient)null!).PatchAsJsonAsync(\"a\", 1)", "((HttpClient)null!).PostAsJsonAsync(\"a\", 1)", "((HttpClient)null!).PutAsJsonAsync(\"a\", 1)")]
    [InlineData("((System.Net.WebClient)null!).DownloadString(\"a\")", "((System.Net.WebClient)null!).OpenRead(\"a\")", "((System.Net.WebClient)null!).UploadString(\"a\", \"b\")", "((System.Net.WebRequest)null!).GetResponse()")]
    [InlineData("((System.Net.WebSockets.ClientWebSocket)null!).ReceiveAsync(default(ArraySegment<byte>), default)", "System.Net.Dns.GetHostName()")]
    [InlineData("((System.Net.Sockets.Socket)null!).ConnectAsync(\"a\", 1)", "((System.Net.Sockets.Socket)null!).Receive(new byte[1])", "((System.Net.Sockets.Socket)null!).Send(new byte[1])")]
    [InlineData("((System.Net.Sockets.TcpClient)null!).ConnectAsync(\"a\", 1)", "((System.Net.Sockets.TcpClient)null!).GetStream()", "new System.Net.Sockets.TcpClient(\"a\", 1)", "((System.Net.Sockets.UdpClient)null!).ReceiveAsync()")]
    [InlineData("((System.Data.IDbCommand)null!).ExecuteScalar()", "((System.Data.Common.DbCommand)null!).ExecuteScalar()")]
    [InlineData("Environment.ExpandEnvironmentVariables(\"a\")", "Environment.GetEnvironmentVariable(\"a\")")]
    [InlineData("Environment.CommandLine", "Environment.CurrentDirectory", "Environment.GetCommandLineArgs()", "Environment.GetFolderPath(Environment.SpecialFolder.Desktop)", "Environment.MachineName", "Environment.OSVersion", "Environment.UserName")]
    [InlineData("DateTime.Now", "DateTime.Today", "DateTimeOffset.Now", "TimeZone.CurrentTimeZone", "System.Globalization.CultureInfo.DefaultThreadCurrentCulture")]
    [InlineData("Console.In", "Console.OpenStandardInput()", "Console.ReadLine()")]
    public async Task What_reads_outside_the_envelope_is_reported(params string[] expressions)
    {
        foreach (var expression in expressions)
        {
            Assert.Equal(("ENV0032", expression), (await IdAsync("", $"_ = {expression};"), expression));
        }
    }

    [Theory]
    [InlineData("Environment.TickCount64", "DateTime.UtcNow", "DateTimeOffset.UtcNow", "TimeProvider.System")]
    [InlineData("Random.Shared", "new Random()", "Guid.CreateVersion7()", "Guid.NewGuid()")]
    [InlineData("System.Security.Cryptography.RandomNumberGenerator.Create()", "System.Security.Cryptography.RandomNumberGenerator.GetInt32(1)", "System.Security.Cryptography.RandomNumberGenerator.GetBytes(1)")]
    [InlineData("HashCode.Combine(1)", "new HashCode().ToHashCode()", "\"a\".GetHashCode()")]
    public async Task What_is_another_at_each_call_is_reported(params string[] expressions)
    {
        foreach (var expression in expressions)
        {
            Assert.Equal(("ENV0033", expression), (await IdAsync("", $"_ = {expression};"), expression));
        }
    }

    [Theory]
    [InlineData("File.Delete(\"a\")", "Directory.Delete(\"a\")", "new FileInfo(\"a\").Refresh()", "new DirectoryInfo(\"a\").Create()", "new StreamReader((Stream)null!).Dispose()")]
    [InlineData("((HttpClient)null!).CancelPendingRequests()", "((System.Net.WebClient)null!).Dispose()", "((System.Net.WebRequest)null!).Abort()", "((System.Net.WebSockets.ClientWebSocket)null!).Abort()")]
    [InlineData("((System.Net.Sockets.Socket)null!).Close()", "((System.Net.Sockets.TcpClient)null!).Close()", "new System.Net.Sockets.TcpClient()", "((System.Net.Sockets.UdpClient)null!).Close()")]
    [InlineData("((System.Data.IDbCommand)null!).Cancel()", "((System.Data.Common.DbCommand)null!).Cancel()")]
    [InlineData("Environment.Exit(1)", "Console.WriteLine()", "DateTime.Parse(\"a\")", "DateTimeOffset.Parse(\"a\")", "((TimeProvider)null!).GetUtcNow()")]
    [InlineData("new Random(1)", "Guid.Parse(\"a\")", "((System.Security.Cryptography.RandomNumberGenerator)null!).Dispose()", "new HashCode().Add(1)", "\"a\".Trim()")]
    public async Task What_the_same_types_do_beside_reading_is_not_reported(params string[] calls)
    {
        foreach (var call in calls)
        {
            Assert.Equal(("", call), (await IdAsync("", call + ";"), call));
        }
    }

    [Theory]
    [InlineData("System.Security.Cryptography.RandomNumberGenerator.Fill(new byte[1])", "ENV0033")]
    [InlineData("((System.Net.WebSockets.ClientWebSocket)null!).ConnectAsync(null!, default)", "ENV0032")]
    public async Task So_is_a_call_whose_answer_nobody_takes(string call, string id) => Assert.Equal(id, await IdAsync("", call + ";"));

    /// <summary>The ids of what is reported of a predict method.</summary>
    private static async Task<string> IdAsync(string members, string statement)
    {
        var project = new TestSource("using System.Net.Http.Json;\n" + BodyCases.Class($"{members} [Predict] public int Predict(int x) {{ {statement} return x; }}")).Compile();
        Assert.DoesNotContain(project.GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error);
        return string.Join(' ', (await TestSource.AnalyzeAsync(project)).Select(one => one.Id));
    }
}
