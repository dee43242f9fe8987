using System.Text.Json.Serialization;
using EnvelopeSdk.Deployments;

namespace EnvelopeSdk.Registries;

/// <summary>What is to be added to what a registry knows of an envelope.</summary>
/// <param name="Made">
/// Events that the caller makes, as lines of a journal: the registry puts its caller's name to them.
/// </param>
/// <param name="Journal">Events that are known from elsewhere, as lines of a journal; they stay as they are.</param>
/// <param name="Signatures">Signatures, as lines.</param>
internal sealed record EnvelopeAdditions(string Made = "", string Journal = "", string Signatures = "");

/// <summary>How much content a registry has removed.</summary>
internal sealed record CollectedDocument(int Count, long Bytes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EnvelopeAdditions))]
[JsonSerializable(typeof(CollectedDocument))]
[JsonSerializable(typeof(EnvelopeList))]
[JsonSerializable(typeof(EnvelopeComparison))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(RegistryEvent))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<TagCount>))]
[JsonSerializable(typeof(IReadOnlyList<ScatterPoint>))]
[JsonSerializable(typeof(IReadOnlyList<EnvelopeChange>))]
[JsonSerializable(typeof(NewDeployment))]
[JsonSerializable(typeof(DeploymentHistory))]
[JsonSerializable(typeof(RuleRun))]
[JsonSerializable(typeof(IReadOnlyList<Deployment>))]
[JsonSerializable(typeof(IReadOnlyList<DeploymentConfiguration>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigurationChange>))]
[JsonSerializable(typeof(IReadOnlyList<DeploymentRule>))]
internal sealed partial class RegistryJsonContext : JsonSerializerContext;
