using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Batch.Vocabulary;
using EnvelopeSdk.Batches;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Deploying.Records;

namespace EnvelopeSdk.Registry.Deploying.Builds;

/// <summary>What a build depends on, and nothing else: the same are built once.</summary>
/// <param name="Envelope">The envelope.</param>
/// <param name="Platform">The version of EnvelopeSdk.Service.</param>
/// <param name="Image">How its image is made; null: it becomes a program and no image.</param>
/// <param name="Databases">
/// Of a job, the databases whose providers it has, with <c>,</c> between them; null: it becomes a service.
/// </param>
internal sealed record BuildKey(
    EnvelopeReference Envelope, string Platform, ImageSettings? Image = null, string? Databases = null)
{
    private const string Job = "Job";

    private const int HashLength = 8;

    public static BuildKey Of(DeploymentRow one, DeploymentSettings settings) => new(
        one.Envelope, one.Shown.Platform, settings.Runtime == ServiceRuntime.Process ? null : settings.Image);

    /// <summary>The job of a batch.</summary>
    public static BuildKey Of(EnvelopeReference envelope, string platform, BatchSettings settings) => new(
        envelope, platform, settings.Runtime == BatchRuntime.Process ? null : settings.Image,
        string.Join(',', DatabaseTable.ProvidersOf(
            new[] { settings.Input, settings.Output, settings.Quarantine, settings.Log }.OfType<string>())));

    /// <summary>Whether it becomes a job, and no service.</summary>
    public bool IsJob => Databases is not null;

    /// <summary>The folder of the build, and the tag of its image.</summary>
    public string Folder =>
        $"{Envelope.Digest.ToString()["sha256:".Length..][..32]}-{Platform}-"
        + (Databases is null ? "" : $"job-{Databases.Replace(',', '-')}-")
        + (Image is null ? RuntimeInformation.RuntimeIdentifier : $"{ImageRuntime}-image-{HashOf(Image)}");

    /// <summary>What its project is called.</summary>
    public string Program => IsJob ? Job : ServiceProject.Name;

    /// <summary>The assembly of the program.</summary>
    public string Assembly => Program + ".dll";

    /// <summary>The project SDK with its version.</summary>
    public string Sdk => $"EnvelopeSdk.{(IsJob ? "Batch" : "Service")}/{Platform}";

    /// <summary>What images run on: Linux, and processors like this one.</summary>
    public static string ImageRuntime =>
        "linux-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string HashOf(ImageSettings image) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{image.Base} {image.SelfContained}")))[..HashLength];
}
