using System.Text;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Tests.Models;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

public class PackageLockTests
{
    [Fact]
    public void A_lock_is_read_back_as_it_was_written()
    {
        var written = new PackageLock
        {
            Sdk = "10.0.100",
            TargetFramework = "net10.0",
            Packages = [new("Some.Package", "1.2.3-beta.4", "c29t+/ZSBoYXNo", Direct: true), new("Other", "0.0.1", "", Direct: false)],
            Platform = [new("EnvelopeSdk", "0.2.0")],
            Frameworks = [new("Microsoft.ML", "EnvelopeSdk.MLNet", NativeCode: false)],
            Assemblies = ["Shared", "Übung"],
        };

        var read = PackageLock.Parse(written.ToJson(), "lock.json");

        Assert.Equal(written.Packages, read.Packages);
        Assert.Equal(written.Assemblies, read.Assemblies);
        Assert.Equal(written.ToJson(), read.ToJson());
    }

    [Fact]
    public void The_lock_of_an_assembly_is_its_resource() =>
        Assert.Equal("Some.Package", Assert.Single(BuiltWith.Packages(typeof(HousePrice).Assembly).Packages).Id);

    [Fact]
    public async Task An_assembly_without_a_lock_is_named_with_what_to_do() =>
        await Failure.OfAsync(
            EnvelopeError.Invalid, () => Task.FromResult(BuiltWith.Packages(typeof(Assert).Assembly)), "'xunit.assert'", "Reference the package EnvelopeSdk");

    [Theory]
    [InlineData(""), InlineData("{}"), InlineData("null"), InlineData("{\"sdk\":null,\"targetFramework\":\"\",\"packages\":[],\"platform\":[],\"frameworks\":[],\"assemblies\":[]}")]
    public async Task A_lock_that_is_none_is_damage_and_is_named(string json) =>
        await Failure.OfAsync(EnvelopeError.Damaged, () => Task.FromResult(PackageLock.Parse(Encoding.UTF8.GetBytes(json), "lock.json")), "'lock.json'");
}
