using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Tool.Bills;
using EnvelopeSdk.Tool.Commands;
using Json.Schema;

namespace EnvelopeSdk.PackageTests.Bills;

/// <summary>Bills of materials of envelopes that earlier versions wrote.</summary>
public class BillTests
{
    private static readonly JsonSchema CycloneDx = Read();

    public static TheoryData<string> Envelopes => GoldenEnvelopes.Served;

    [Theory]
    [MemberData(nameof(Envelopes))]
    public async Task A_CycloneDX_document_is_one_by_the_published_schema(string name)
    {
        var text = await WriteAsync(name, "cyclonedx");

        var result = CycloneDx.Evaluate(JsonElement.Parse(text), new EvaluationOptions { OutputFormat = OutputFormat.List });

        Assert.True(result.IsValid, string.Join('\n', (result.Details ?? []).Where(one => one.Errors is { Count: > 0 })
            .Select(one => $"{one.InstanceLocation} {string.Join(", ", one.Errors!.Values)}")));
    }

    [Fact]
    public async Task The_schema_refuses_a_document_with_an_unknown_member_or_kind()
    {
        var text = await WriteAsync("cyclonedx");

        Assert.False(CycloneDx.Evaluate(JsonElement.Parse(text.Replace("\"purl\"", "\"url\"", StringComparison.Ordinal))).IsValid);
        Assert.False(CycloneDx.Evaluate(JsonElement.Parse(text.Replace("SHA-256", "SHA-2", StringComparison.Ordinal))).IsValid);
    }

    [Theory]
    [InlineData("cyclonedx")]
    [InlineData("spdx")]
    public async Task The_same_envelope_gives_the_same_bytes_and_another_another_document(string format)
    {
        var text = await WriteAsync(format);

        Assert.Equal(text, await WriteAsync(format));
        Assert.NotEqual(Number(text), Number(await WriteAsync(GoldenEnvelopes.Names[^1], format)));

        static string? Number(string text) =>
            (string?)(JsonNode.Parse(text)!["serialNumber"] ?? JsonNode.Parse(text)!["documentNamespace"]);
    }

    [Fact]
    public async Task Both_formats_have_all_files_with_their_digests_and_all_packages()
    {
        var (content, journal) = await EnvelopeArchive.OpenAsync(GoldenEnvelopes.PathOf(Pooled));
        var bill = Bill.Of(content, journal);
        Assert.Equal(content.Files.Select(file => file.Path), bill.Files.Select(file => file.Path));
        foreach (var format in new[] { "cyclonedx", "spdx" })
        {
            var text = SbomCommand.Write(bill, format);
            foreach (var file in bill.Files)
            {
                await using var stream = await content.OpenAsync(file.Path);
                Assert.Equal(Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stream)), file.Sha256);
                Assert.Contains(file.Sha256, text, StringComparison.Ordinal);
            }

            foreach (var one in content.Record.Packages.Packages)
            {
                Assert.Contains($"\"pkg:nuget/{one.Id}@{one.Version}\"", text, StringComparison.Ordinal);
                Assert.Contains(one.ContentHash, text, StringComparison.Ordinal);
            }

            Assert.Contains($"pkg:nuget/EnvelopeSdk.Runtime@{content.Record.Packages.Platform[0].Version}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_project_asked_for_is_what_the_envelope_depends_on()
    {
        var (content, journal) = await EnvelopeArchive.OpenAsync(GoldenEnvelopes.PathOf(Pooled));
        var parts = Bill.Of(content, journal).Parts;
        var packages = content.Record.Packages;
        Assert.Contains(packages.Packages, one => !one.Direct);

        var cyclone = JsonNode.Parse(await WriteAsync("cyclonedx"))!["dependencies"]![0]!["dependsOn"]!.AsArray().Select(one => (string?)one);
        var spdx = JsonNode.Parse(await WriteAsync("spdx"))!["relationships"]!.AsArray()
            .Count(one => (string?)one!["relationshipType"] == "DEPENDS_ON");

        Assert.Equal(parts.Where(one => one.IsDirect).Select(one => one.Key), cyclone);
        Assert.Equal(parts.Count(one => one.IsDirect), spdx);
        Assert.Equal(packages.Packages.Count(one => one.Direct) + packages.Platform.Count + packages.Assemblies.Count + 1, spdx);
    }

    [Fact]
    public async Task An_SPDX_document_refers_to_what_it_has_and_has_what_the_specification_asks_for()
    {
        var json = JsonNode.Parse(await WriteAsync("spdx"))!;
        var ids = json["packages"]!.AsArray().Select(one => (string)one!["SPDXID"]!).ToList();

        Assert.Equal(("SPDX-2.3", "CC0-1.0", "SPDXRef-DOCUMENT"), ((string)json["spdxVersion"]!, (string)json["dataLicense"]!, (string)json["SPDXID"]!));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", (string)json["creationInfo"]!["created"]!);
        Assert.True(Uri.IsWellFormedUriString((string)json["documentNamespace"]!, UriKind.Absolute));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^SPDXRef-[a-zA-Z0-9.-]+$", id));
        Assert.All(json["packages"]!.AsArray(), one => Assert.NotNull(one!["downloadLocation"]));
        foreach (var one in json["relationships"]!.AsArray())
        {
            Assert.Contains((string)one!["spdxElementId"]!, ids.Append("SPDXRef-DOCUMENT"));
            Assert.Contains((string)one["relatedSpdxElement"]!, ids);
        }

        Assert.Equal(ids.Count, json["relationships"]!.AsArray().Count);
    }

    [Fact]
    public void What_is_in_a_name_is_escaped_in_a_package_URL() => Assert.Equal(
        "pkg:nuget/A%20b%40c@1.0.0%2Bx", new BillPart(BillPartKind.Package, "A b@c", "1.0.0+x", IsDirect: true).PackageUrl);

    private static string Pooled => GoldenEnvelopes.Names.Last(name => name.Contains("pooled", StringComparison.Ordinal));

    private static Task<string> WriteAsync(string format) => WriteAsync(Pooled, format);

    private static async Task<string> WriteAsync(string name, string format)
    {
        var (content, journal) = await EnvelopeArchive.OpenAsync(GoldenEnvelopes.PathOf(name));
        return SbomCommand.Write(Bill.Of(content, journal), format);
    }

    private static JsonSchema Read()
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry() };
        JsonSchema? last = null;
        foreach (var name in new[] { "spdx", "jsf-0.82", "bom-1.6" })
        {
            last = JsonSchema.FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Bills", "Schemas", name + ".schema.json")), options);
        }

        return last!;
    }
}
