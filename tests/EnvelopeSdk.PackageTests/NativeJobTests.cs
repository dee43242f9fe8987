using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace EnvelopeSdk.PackageTests;

/// <summary>The job of the model in <c>Samples/Loans</c> as native code, beside the one that a run-time compiles.</summary>
[Collection(ProductsCollection.Name)]
public sealed class NativeJobTests(Products products)
{
    private const string Asked = "SELECT id, amount, applicant FROM 'answers.parquet' WHERE CAST(id AS INT) % 7 > 0";

    /// <summary>What is run, one behind the other, so that all forms of tables are read and written.</summary>
    private static readonly string[][] Runs =
    [
        ["--query", "predict", "--input", "loans.jsonl", "--output", "answers.parquet", "--quarantine", "bad.csv"],
        ["--query", "predict", "--input", Asked, "--output", "answers.arrow"],
        ["--query", "predict", "--input", "answers.arrow", "--output", "answers.jsonl", "--key", "id", "--log", "log.parquet"],
        ["--query", "predict", "--input", Asked, "--output", "loans.sqlite#loans"],
        ["--query", "plan", "--input", "loans.sqlite#SELECT id, amount FROM loans", "--output", "plans.csv"],
        ["--query", "plan", "--input", "plans.csv", "--output", "again.parquet", "--key", "id"],
    ];

    /// <summary>What is refused, and of what is said.</summary>
    private static readonly (string[] Arguments, string Said)[] Refusals =
    [
        (["--query", "plan", "--input", "loans.jsonl", "--output", "no.csv", "--map", "amount=amout"], "the nearest is 'amount'"),
        (["--query", "plan", "--input", "torn.csv.gz", "--output", "no.csv"], "torn.csv.gz"),
        (["--query", "limit", "--input", "postgresql://nobody@127.0.0.1:1/none#rows", "--output", "no.csv"], "does not do what it is asked"),
        (["--query", "none", "--input", "loans.jsonl", "--output", "no.csv"], "sum-all"),
    ];

    [LinkerFact]
    public async Task Native_code_makes_the_files_that_compiled_code_makes_to_the_last_byte()
    {
        var project = await products.NewAsync("envelope-batch", "NativeLoans", "--envelope", "loan");
        var file = Path.Combine(project, "NativeLoans.csproj");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace(
            "</Project>", "<PropertyGroup><EnvelopeDatabases>SQLite;PostgreSQL</EnvelopeDatabases></PropertyGroup></Project>", StringComparison.Ordinal));
        await products.RunAsync(project, "dotnet", "build");
        var published = await products.RunAsync(project, "dotnet", "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true", "-o", "native");
        Assert.All( // attributes for System.Text.Json of the model's own, which PostgreSQL's provider keeps and nobody uses
            published.Split('\n').Where(line => line.Contains(": warning ", StringComparison.Ordinal)),
            line => Assert.Contains("Assembly 'Loans.Shared' produced AOT analysis warnings", line, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(project, "native", "NativeLoans.dll")));

        var compiled = await AnswersAsync(project, "dotnet", Path.Combine(project, "bin", "Debug", "net10.0", "NativeLoans.dll"));
        var native = await AnswersAsync(project, Path.Combine(project, "native", OperatingSystem.IsWindows() ? "NativeLoans.exe" : "NativeLoans"));

        foreach (var name in (string[])["answers.parquet", "answers.arrow", "answers.jsonl", "plans.csv", "again.parquet", "bad.csv"])
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(compiled, name)), await File.ReadAllBytesAsync(Path.Combine(native, name)));
        }

        Assert.Equal(20, File.ReadLines(Path.Combine(native, "bad.csv")).Count() - 1);
        Assert.Equal(1697, File.ReadLines(Path.Combine(native, "answers.jsonl")).Count());
    }

    /// <summary>Runs the job in a new directory with all that it is to do.</summary>
    /// <returns>The directory.</returns>
    private async Task<string> AnswersAsync(string project, params string[] program)
    {
        var directory = Directory.CreateDirectory(Path.Combine(project, "runs", program.Length == 1 ? "native" : "compiled")).FullName;
        await File.WriteAllLinesAsync(Path.Combine(directory, "loans.jsonl"), Enumerable.Range(0, 2000).Select(Loan));
        await WriteTornAsync(Path.Combine(directory, "torn.csv.gz"));
        foreach (var arguments in Runs)
        {
            await products.RunAsync(directory, [.. program, .. arguments]);
        }

        foreach (var (arguments, said) in Refusals)
        {
            var (code, output) = await products.TryRunAsync(directory, [.. program, .. arguments]);
            Assert.NotEqual(0, code);
            Assert.Contains(said, output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal); // no stack trace
        }

        return directory;
    }

    /// <summary>A row; of each hundred one asks for what is no amount.</summary>
    private static string Loan(int id) =>
        $$$"""{"id":{{{id}}},"amount":{{{(id % 100 == 50 ? "\"much\"" : $"{id % 1000 + 1}.5")}}},"applicant":{"name":"Ann {{{id}}}","birthYear":{{{(id % 3 == 0 ? "null" : "1980")}}},"incomes":[{{{id}}}.25,48000]}}""";

    private static async Task WriteTornAsync(string path)
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes("amount\n" + string.Join('\n', Enumerable.Range(1, 5000))));
        }

        await File.WriteAllBytesAsync(path, packed.ToArray()[..^2000]);
    }
}
