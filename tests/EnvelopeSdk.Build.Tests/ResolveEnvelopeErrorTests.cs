using EnvelopeSdk.Build.Tests.Support;

namespace EnvelopeSdk.Build.Tests;

[Collection(nameof(RestoredProjects))]
public sealed class ResolveEnvelopeErrorTests : IDisposable
{
    private readonly EnvelopeHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_missing_store_is_named_with_how_to_name_another() =>
        _home.Resolve("distance").Fails("ENVB001", "'distance'", _home.At("store"), "ENVELOPE_HOME");

    [Fact]
    public async Task An_unknown_name_is_told_at_its_line_with_the_names_that_there_are()
    {
        await EnvelopeHome.SaveAsync();

        var error = _home.Resolve("distanc").Fails("ENVB001", "'distanc'", "It has: distance.");

        Assert.Equal(3, error.LineNumber);
    }

    [Theory]
    [InlineData("Distance"), InlineData("distance@latest"), InlineData("../distance")]
    public void A_reference_of_no_known_form_is_told_with_the_forms(string reference) =>
        _home.Resolve(reference).Fails("ENVB003", reference);

    [Fact]
    public async Task A_damaged_envelope_is_told_with_the_file_and_the_cure()
    {
        var saved = await EnvelopeHome.SaveAsync();
        var manifest = _home.At($"store/blobs/sha256/{saved.Digest.Hex}");
        File.Delete(manifest);

        _home.Resolve("distance").Fails("ENVB002", manifest, saved.ToString(), "save it again");
    }

    [Fact]
    public void No_envelope_and_two_envelopes_are_too_few_and_too_many()
    {
        _home.Resolve().Fails("ENVB004", "names 0", "<Envelope Include=");
        _home.Resolve("one", "two").Fails("ENVB004", "names 2");
    }

    [Theory]
    [InlineData("EnvelopeSdk.Build.Tests"), InlineData("envelopesdk.build.tests"), InlineData("Direct"), InlineData("middle")]
    public async Task A_service_that_is_called_as_the_models_assembly_is_told_to_take_another_name(string name)
    {
        await EnvelopeHome.SaveAsync();
        var task = _home.Resolve("distance");
        task.AssemblyName = name;

        task.Fails("ENVB005", $"'{name}'", $"<AssemblyName>{name}.Service</AssemblyName>");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told()
    {
        await EnvelopeHome.SaveAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(_home.UnpackDirectory)!);
        await File.WriteAllTextAsync(_home.UnpackDirectory, "in the way");

        _home.Resolve("distance").Fails("ENVB009", _home.UnpackDirectory, "build again");
    }
}
