using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

public class AcceptedTypeTests
{
    public static TheoryData<string> Types => ServedType.Names;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_value_goes_through_a_service_and_through_an_envelope_unchanged(string type)
    {
        var served = ServedType.Of(type);
        var (model, service) = (served.Model, served.Service);
        foreach (var json in served.Accepted.Values)
        {
            var value = served.Read(json);
            var trained = served.Train(value);
            Assert.Equal(json, service.Answer(trained, "predict", $$"""{"value":{{json}}}"""));

            var example = (PredictionExample)model.Type.GetMethod("PredictExample")!.Invoke(trained, [value])!;
            Assert.Equal(($$"""{"value":{{json}}}""", json), (example.Input.GetRawText(), example.Output.GetRawText()));

            var loaded = await model.SaveAndLoadAsync(trained, example);
            Assert.Equal(json, service.Answer(loaded, "state", "{}"));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_compiled_assembly_gives_the_schema_that_its_source_gave(string type)
    {
        var model = ServedType.Of(type).Model;
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
    }

    [Fact]
    public void A_model_of_all_types_gives_one_schema_in_source_and_compiled_and_in_files_of_any_order()
    {
        var sources = AcceptedTypes.InOneModel;

        var model = CompiledModel.Of(sources);
        Assert.Equal(AcceptedTypes.Ordinary.Count, model.Schema.Queries.Count);
        Assert.Equal(model.Schema.Fingerprint, model.FingerprintFromMetadata());
        Assert.Equal(model.Schema.Fingerprint, CompiledModel.Of([.. sources.Reverse()]).Schema.Fingerprint);
        Assert.Equal(AcceptedTypes.Ordinary.Count, CompiledService.Of(model).Queries.Count());
    }
}
