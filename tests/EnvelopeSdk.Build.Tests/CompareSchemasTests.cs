using System.Text.Json.Nodes;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Build.Tests.Support;

namespace EnvelopeSdk.Build.Tests;

/// <summary>The schema that a service's code was generated for, held against the frozen one by what the two mean.</summary>
[Collection(nameof(RestoredProjects))]
public sealed class CompareSchemasTests : IDisposable
{
    private readonly EnvelopeHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_same_schema_passes() => (await TaskAsync(_ => { })).Succeeds();

    [Fact]
    public async Task A_newer_way_of_writing_the_same_passes() => (await TaskAsync(schema =>
    {
        schema["vocabulary"] = 7;
        schema["fingerprint"] = "sha256:other";
        schema["later"] = new JsonArray(1, 2);
        schema["description"] = "Described otherwise.";
        schema["queries"] = new JsonArray([.. schema["queries"]!.AsArray().Reverse().Select(query => query!.DeepClone())]);
    })).Succeeds();

    [Fact]
    public async Task A_difference_that_breaks_a_caller_stops_the_build_and_is_named()
    {
        var task = await TaskAsync(schema => schema["queries"]![0]!["parameters"]![0]!["type"]!["kind"] = "int8");

        task.Fails("ENVB012", "'distance'", "/predict/parameters/", "save the model again");
    }

    [Fact]
    public async Task A_service_without_generated_code_is_told()
    {
        var task = await TaskAsync(_ => { });
        task.Assembly = MadeAssembly.WithMetadata(_home.At("Other.dll"), "another key", "{}");

        task.Fails("ENVB012", "No service code was generated", typeof(Distance).FullName!);
    }

    private async Task<CompareSchemas> TaskAsync(Action<JsonNode> change)
    {
        await EnvelopeHome.SaveAsync();
        var resolved = _home.Resolve("distance").Succeeds();
        var schema = JsonNode.Parse(SchemaOf<Distance>())!;
        change(schema);
        return new CompareSchemas
        {
            ProjectFile = _home.At("Service/Service.csproj"),
            Assembly = MadeAssembly.WithMetadata(_home.At("Service.dll"), "EnvelopeSdk.ServedSchema", schema.ToJsonString()),
            EnvelopeDirectory = resolved.Directory,
        };
    }

    private static byte[] SchemaOf<TModel>()
        where TModel : IEnvelopeModel<TModel> => TModel.SchemaJson.ToArray();
}
