using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EnvelopeSdk.Registries;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;
using EnvelopeSdk.Tool.Commands;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>What programs read is what the published schema says.</summary>
public sealed class JsonOutputTests
{
    [Fact]
    public async Task Every_command_on_the_store_answers_in_its_documented_form()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(tool.At("key.pem"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(tool.At("key.pub"), key.ExportSubjectPublicKeyInfoPem());

        var tagged = await HoldsAsync(tool, "tag", "tag", ToolRun.Name, "stage=live");
        Assert.Equal("live", (string?)tagged["changes"]![0]!["value"]);
        await HoldsAsync(tool, "tag", "tag", ToolRun.Name, "stage-");
        var recorded = await HoldsAsync(tool, "metric", "metric", ToolRun.Name, "loss=NaN", "--step", "7");
        Assert.Equal("NaN", (string?)recorded["changes"]![0]!["value"]);
        await File.WriteAllTextAsync(
            tool.At("cm.json"), """{"type":"confusion-matrix","labels":["a","b"],"counts":[[3,1],[0,4]]}""");
        await HoldsAsync(tool, "metric", "metric", ToolRun.Name, "cm", "--file", "cm.json");
        await HoldsAsync(tool, "sign", "sign", ToolRun.Name, "--key", "key.pem", "-a", "reviewer=ada");
        var verified = await HoldsAsync(tool, "verify", "verify", ToolRun.Name, "--key", "key.pub");
        Assert.Equal("ada", (string?)verified["signature"]!["annotations"]!["reviewer"]);
        Assert.Null((await HoldsAsync(tool, "verify", "verify", ToolRun.Name))["signature"]);
        var asked = await tool.RunAsync("verify", ToolRun.Name, "--feeds", "--source", ".", "--json");
        OutputSchema.Holds("verify", asked.Json);
        Assert.NotEmpty(asked.Json["feeds"]!["packages"]!.AsArray());
        await HoldsAsync(tool, "list", "list");
        await HoldsAsync(tool, "show", "show", ToolRun.Name);
        var shown = await HoldsAsync(tool, "show", "show", ToolRun.Name, "--history");
        Assert.NotEmpty(shown["history"]!.AsArray());
        Assert.Equal(ToolRun.Name, (string?)shown["record"]!["name"]);
        await HoldsAsync(tool, "diff", "diff", ToolRun.Name, ToolRun.Golden);
        await HoldsAsync(tool, "export", "export", ToolRun.Name, "out.envelope");
        await HoldsAsync(tool, "import", "import", "out.envelope");
        await HoldsAsync(tool, "gc", "gc", "--keep", "1", "--dry-run");
        await HoldsAsync(tool, "gc", "gc");
        await HoldsAsync(tool, "doctor", "doctor");
        await HoldsAsync(tool, "delete", "delete", $"{ToolRun.Name}@{shown["digest"]}");
    }

    [ProgramsFact("docker-registry")]
    public async Task Push_and_pull_answer_in_their_documented_form()
    {
        await using var registry = await RegistryProcess.StartAsync();
        using var tool = await ToolRun.WithEnvelopeAsync();
        var pushed = await HoldsAsync(tool, "push", "push", ToolRun.Name, $"oci://{registry.Host}/a/b:v1");

        var pulled = await HoldsAsync(tool, "pull", "pull", (string)pushed["address"]!);

        Assert.Equal((string?)pushed["digest"], (string?)pulled["digest"]);
    }

    [Fact]
    public async Task What_breaks_callers_and_what_is_not_sound_are_said_in_the_documented_form()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var other = Path.Combine(Path.GetDirectoryName(ToolRun.Golden)!, "loan.envelope");

        var broken = await tool.RunAsync("diff", ToolRun.Name, other, "--json");
        OutputSchema.Holds("diff", broken.Json);
        Assert.True((bool)broken.Json["isBreaking"]!);

        File.Delete(Path.Combine(tool.Store, "layouts", ToolRun.Name, "saved"));
        var examined = await tool.RunAsync("doctor", "--json");
        OutputSchema.Holds("doctor", examined.Json);
        Assert.Equal("mendable", (string?)examined.Json["findings"]![0]!["state"]);
    }

    [Theory]
    [InlineData("notFound", "show", "no-such")]
    [InlineData("invalid", "show", "No such!")]
    [InlineData("invalid", "show")]
    [InlineData("invalid", "gc", "--keep", "0")]
    [InlineData("notFound", "import", "no-such.envelope")]
    public async Task A_failure_is_one_value_that_names_its_kind(string code, params string[] arguments)
    {
        using var tool = await ToolRun.WithEnvelopeAsync();

        var failed = await tool.RunAsync([.. arguments, "--json"]);

        OutputSchema.Holds("error", failed.Json);
        Assert.Equal(code, (string?)failed.Json["error"]!["code"]);
        Assert.StartsWith("error: ", failed.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, failed.Code);
    }

    [Fact]
    public void Every_command_with_an_answer_has_a_schema() => Assert.Empty(
        EnvelopeCommand.Create().Subcommands
            .Where(command => command.Options.Any(option => option.Name == "--json"))
            .Select(command => command.Name)
            .Except(OutputSchema.Definitions.Select(one => one.Key)));

    [Fact]
    public void Only_what_holds_commands_runs_a_service_or_prints_a_script_has_no_answer_in_JSON() => Assert.Equal(
        ["sbom", "registry", "gateway", "deployment", "configuration", "rule", "quickstart", "completion"],
        EnvelopeCommand.Create().Subcommands
            .Where(command => command.Options.All(option => option.Name != "--json"))
            .Select(command => command.Name));

    [Fact]
    public void What_may_be_told_has_all_its_kinds_in_the_schema() => Assert.Equal(
        RegistryEventKind.All,
        OutputSchema.Definitions["watch"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(one => (string)one!));

    [Fact]
    public async Task A_member_that_is_not_documented_is_noticed()
    {
        using var tool = await ToolRun.WithEnvelopeAsync();
        var answer = (await tool.RunAsync("list", "--json")).Json;
        OutputSchema.Holds("list", answer);
        answer["envelopes"]![0]!["more"] = JsonValue.Create(1);

        Assert.ThrowsAny<Exception>(() => OutputSchema.Holds("list", answer));
    }

    private static async Task<JsonNode> HoldsAsync(ToolRun tool, string schema, params string[] arguments)
    {
        var ran = await tool.RunAsync([.. arguments, "--json"]);
        Assert.True(ran.Code == 0, ran.Error + ran.Output);
        Assert.Single(ran.Output.TrimEnd('\n').Split('\n'));
        OutputSchema.Holds(schema, ran.Json);
        return ran.Json;
    }
}
