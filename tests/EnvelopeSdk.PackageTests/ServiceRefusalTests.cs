using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EnvelopeSdk.Signing;

namespace EnvelopeSdk.PackageTests;

[Collection(ProductsCollection.Name)]
public sealed class ServiceRefusalTests(Products products)
{
    [Fact]
    public async Task An_unknown_envelope_fails_the_build_and_names_those_there_are()
    {
        var output = await BuildFailsAsync("NoSuch", "no-such-model");

        Assert.Contains("error ENVB001: There is no envelope 'no-such-model'", output, StringComparison.Ordinal);
        Assert.Contains("It has: ", output, StringComparison.Ordinal);
        Assert.Contains("NoSuch.csproj(4", output, StringComparison.Ordinal); // the line of the Envelope item
    }

    [Fact]
    public async Task A_missing_store_fails_the_build_and_says_how_to_name_another()
    {
        var output = await BuildFailsAsync("NoStore", "diamond-price", ("ENVELOPE_HOME", Path.Combine(products.Workspace.Root, "no-store")));

        Assert.Contains("error ENVB001: There is no envelope store at", output, StringComparison.Ordinal);
        Assert.Contains("ENVELOPE_HOME", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_envelope_fails_the_build_and_names_the_file()
    {
        var copy = Path.Combine(products.Workspace.Root, "damaged-store");
        CopyStore(copy);
        var state = Directory.EnumerateFiles(Path.Combine(copy, "blobs", "sha256")).MaxBy(path => new FileInfo(path).Length)!;
        using (var file = File.OpenWrite(state))
        {
            file.SetLength(file.Length / 2);
        }

        var output = await BuildFailsAsync("Damaged", "diamond-price", ("ENVELOPE_HOME", copy));

        Assert.Contains("error ENVB002:", output, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(state), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_fails_the_build_and_says_where_it_was_looked_for()
    {
        var output = await BuildFailsAsync("NoFile", "nowhere.envelope");

        Assert.Contains("error ENVB001: There is no file", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_named_like_the_models_assembly_is_told_to_take_another_name()
    {
        var output = await BuildFailsAsync("DiamondPrice", "diamond-price");

        Assert.Contains("error ENVB005:", output, StringComparison.Ordinal);
        Assert.Contains("<AssemblyName>DiamondPrice.Service</AssemblyName>", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_native_code_fails_the_build_and_not_the_start()
    {
        var project = await products.NewAsync("envelope-service", "Native", "--envelope", "diamond-price");
        var file = Path.Combine(project, "Native.csproj");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("<ItemGroup>", "<PropertyGroup><PublishAot>true</PublishAot></PropertyGroup><ItemGroup>", StringComparison.Ordinal));

        var (code, output) = await products.TryRunAsync(project, "dotnet", "build");

        Assert.NotEqual(0, code);
        Assert.Contains("error ENVB010: The model of diamond-price needs Microsoft.Data.Analysis 0.23.1 and Microsoft.ML 5.0.1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_changed_since_the_envelope_was_saved_fails_the_build()
    {
        var project = await products.NewAsync("envelope-service", "Changed", "--envelope", "diamond-price");
        await products.RunAsync(project, "dotnet", "restore");
        var path = Path.Combine(project, "obj", "project.assets.json");
        var assets = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        assets["libraries"]!["Microsoft.ML/5.0.1"]!["sha512"] = Convert.ToBase64String(new byte[64]);
        await File.WriteAllTextAsync(path, assets.ToJsonString());

        Assert.Contains("error ENVB006: The package Microsoft.ML 5.0.1 is not the one", await BuildRestoredFailsAsync(project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_with_other_packages_than_were_restored_fails_the_build()
    {
        var project = await products.NewAsync("envelope-service", "Moved", "--envelope", "diamond-price");
        await products.RunAsync(project, "dotnet", "build");
        var file = Path.Combine(project, "Moved.csproj");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("diamond-price", "loan", StringComparison.Ordinal));
        await products.RunAsync(project, "dotnet", "build"); // now restored for an envelope without ML.NET
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("loan", "diamond-price", StringComparison.Ordinal));

        Assert.Contains("error ENVB007:", await BuildRestoredFailsAsync(project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_whose_envelope_was_damaged_after_the_build_stops_and_names_the_file()
    {
        var project = await products.NewAsync("envelope-service", "Broken", "--envelope", "diamond-price");
        await products.RunAsync(project, "dotnet", "build");
        var output = Path.Combine(project, "bin", "Debug", "net10.0");
        await File.AppendAllTextAsync(Path.Combine(output, "envelope", "state", "pipeline", "model.zip"), "torn");

        var (code, log) = await products.TryRunAsync(output, "dotnet", "Broken.dll", "--urls", "http://127.0.0.1:0");

        Assert.NotEqual(0, code);
        Assert.Contains("cannot be loaded; the service stops", log, StringComparison.Ordinal);
        Assert.Contains("model.zip", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_that_no_trusted_key_signed_fails_the_build_and_one_that_it_signed_does_not()
    {
        var project = await products.NewAsync("envelope-service", "Trusting", "--envelope", "loan");
        var file = Path.Combine(project, "Trusting.csproj");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("</ItemGroup>", "<EnvelopeTrust Include=\"key.pub\" /></ItemGroup>", StringComparison.Ordinal));
        var (_, output) = await products.TryRunAsync(project, "dotnet", "build");
        Assert.Contains("error ENVB017: There is no key file", output, StringComparison.Ordinal);

        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(project, "key.pem"), made.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(project, "key.pub"), made.ExportSubjectPublicKeyInfoPem());
        (var code, output) = await products.TryRunAsync(project, "dotnet", "build");
        Assert.NotEqual(0, code);
        Assert.Contains("error ENVB016: The envelope loan@sha256:", output, StringComparison.Ordinal);
        Assert.Contains("it has no signature", output, StringComparison.Ordinal);

        using var key = SigningKey.Load(Path.Combine(project, "key.pem"));
        await products.Store.SignAsync("loan", key);
        await products.RunAsync(project, "dotnet", "build");

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(project, "key.pub"), other.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("error ENVB016:", await BuildRestoredFailsAsync(project), StringComparison.Ordinal);
    }

    private async Task<string> BuildFailsAsync(string name, string envelope, params (string Name, string Value)[] environment)
    {
        var project = await products.NewAsync("envelope-service", name, "--envelope", envelope);
        var variables = environment.Select(one => $"{one.Name}={one.Value}");
        var (code, output) = await products.TryRunAsync(project, ["env", .. variables, "dotnet", "build"]);
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal); // no stack trace
        return output;
    }

    private async Task<string> BuildRestoredFailsAsync(string project)
    {
        var (code, output) = await products.TryRunAsync(project, "dotnet", "build", "--no-restore");
        Assert.NotEqual(0, code);
        return output;
    }

    private void CopyStore(string target)
    {
        foreach (var file in Directory.EnumerateFiles(products.Store.Address, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(products.Store.Address, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
