using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.PackageTests;

/// <summary>A registry in place of a directory, from training to service.</summary>
[Collection(ProductsCollection.Name)]
public sealed class RegistryHomeTests(Products products)
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "envelope.dll");

    [Fact]
    public async Task What_is_trained_is_saved_in_the_registry_that_envelope_home_names_and_served_from_there()
    {
        var directory = Directory.CreateDirectory(Path.Combine(products.Workspace.Root, "registry-store")).FullName;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registry = ChildProcess.Start(
            products.Workspace.Environment, products.Workspace.Root,
            line =>
            {
                if (Uri.TryCreate(line.Trim(), UriKind.Absolute, out var printed) && printed.Scheme == "http")
                {
                    address.TrySetResult(printed);
                }
            },
            "env", "ENVELOPE_HOME=" + directory, "dotnet", Tool, "registry", "--urls", "http://127.0.0.1:0");
        try
        {
            var home = "ENVELOPE_HOME=" + (await address.Task.WaitAsync(TimeSpan.FromMinutes(1))).GetLeftPart(UriPartial.Authority);
            var model = await products.NewAsync("envelope-model", "DiamondPrice");
            await products.RunAsync(model, "env", home, "dotnet", "run");

            var saved = await EnvelopeStore.Open(directory).OpenAsync("diamond-price");
            await saved.VerifyAsync();
            var journal = await EnvelopeStore.Open(directory).ReadJournalAsync(saved.Reference);
            Assert.Equal("pricing", journal.Labels.Tags["team"]);

            var project = await products.NewAsync("envelope-service", "FromRegistry", "--envelope", "diamond-price");
            Assert.Contains(
                saved.Reference.ToString(), await products.RunAsync(project, "env", home, "dotnet", "build"), StringComparison.Ordinal);
            using var service = await RunningService.StartAsync(products, project);
            Assert.Equal(200, (await service.PostAsync("predict", products.HeldOut[0].Input.GetRawText())).Status);
        }
        finally
        {
            registry.Kill(entireProcessTree: true);
        }
    }
}
