using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.PackageTests;

/// <summary>The service of the model in <c>Samples/Loans</c> as native code, beside the one that a run-time compiles.</summary>
[Collection(ProductsCollection.Name)]
public sealed partial class NativeServiceTests(LibraryModelFixture fixture) : IClassFixture<LibraryModelFixture>
{
    private static readonly (string Route, string Body)[] Calls =
    [
        ("predict", """{"amount":900,"applicant":{"name":"Ann","birthYear":null,"incomes":[50000.10,48000]},"channel":null,"rate":1e-7}"""),
        ("predict", """{"amount":"900","purpose":7,"applicant":{"name":"\ud800","birthYear":1.5,"incomes":[1,"2"]},"more":1}"""),
        ("predict/batch", """[{"amount":1,"applicant":{"name":"Ann","incomes":[],"birthYear":1980}},{"amount":1}]"""),
        ("sum-all", """{"rows":[[1.5,null,2],[],[null]]}"""),
        ("predict-batch", """{"problem":{"level":3}}"""),
        ("predict-batch", """{"problem":{"level":-1},"more":0}"""),
        ("value", """{"securities":{"House":[{"kind":"house","worth":20.5,"place":{"latitude":1,"longitude":2}}]},"rates":[[0.5]],"channels":"Mail, Visit"}"""),
        ("value", """{"securities":{"Boat":[]},"rates":[[1],[1,2]],"channels":"Mail|Visit","reference":"abc"}"""),
        ("fail", """{"how":"nan"}"""),
        ("fail", """{"how":"throw"}"""),
        ("limit", "{}"),
        ("plan", """{"amount":100.10,"years":4}"""),
        ("plan", """{"amount":0,"years":51}"""),
        ("running", "{}"),
        ("no-such-query", "{}"),
    ];

    [LinkerFact]
    public async Task Native_code_answers_and_publishes_what_compiled_code_does_and_makes_no_warning()
    {
        var products = fixture.Products;
        var project = await products.NewAsync("envelope-service", "NativeLoans", "--envelope", "loan");

        await products.RunAsync(project, "dotnet", "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true", "-warnaserror", "-o", "out");

        Assert.False(File.Exists(Path.Combine(project, "out", "NativeLoans.dll")));
        using var native = await RunningService.StartProgramAsync(products, Path.Combine(project, "out", OperatingSystem.IsWindows() ? "NativeLoans.exe" : "NativeLoans"));
        foreach (var (route, body) in Calls)
        {
            Assert.Equal(WithoutTrace(await fixture.Service.PostAsync(route, body)), WithoutTrace(await native.PostAsync(route, body)));
        }

        Assert.Equal(await DocumentAsync(fixture.Service), await DocumentAsync(native));
        Assert.DoesNotContain("does not answer a recorded example", native.Log, StringComparison.Ordinal);
        Assert.Contains("swagger-ui", await native.Http.GetStringAsync(new Uri("swagger/index.html", UriKind.Relative)), StringComparison.Ordinal);
    }

    /// <summary>An answer but for the name of the request that ASP.NET Core gives with an unknown route.</summary>
    private static (int Status, string Body) WithoutTrace((int Status, string Body) answer) =>
        (answer.Status, TraceId().Replace(answer.Body, ""));

    [GeneratedRegex("""
        "traceId":"[^"]*"
        """)]
    private static partial Regex TraceId();

    /// <summary>The API document but for the address.</summary>
    private static async Task<string> DocumentAsync(RunningService service) =>
        (await service.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative))).Replace(service.Http.BaseAddress!.Authority, "", StringComparison.Ordinal);
}
