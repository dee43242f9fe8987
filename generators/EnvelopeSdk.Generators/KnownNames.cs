namespace EnvelopeSdk.Generators;

/// <summary>
/// Metadata names of the types that the generator and the analyzers know, and of what a build tells them.
/// </summary>
internal static class KnownNames
{
    public const string EnvelopeModelAttribute = "EnvelopeSdk.EnvelopeModelAttribute";
    public const string PredictAttribute = "EnvelopeSdk.PredictAttribute";
    public const string ArtifactCodecAttribute = "EnvelopeSdk.Authoring.ArtifactCodecAttribute";
    public const string SingleThreadedAttribute = "EnvelopeSdk.Authoring.SingleThreadedAttribute";
    public const string ModelStateAttribute = "EnvelopeSdk.Authoring.ModelStateAttribute";

    /// <summary>The assembly that holds the contract: a codec's refers to it.</summary>
    public const string ContractAssembly = "EnvelopeSdk.Runtime";

    public const string JsonConverterAttribute = "System.Text.Json.Serialization.JsonConverterAttribute";
    public const string JsonStringEnumConverter = "System.Text.Json.Serialization.JsonStringEnumConverter";
    public const string JsonStringEnumMemberNameAttribute =
        "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
    public const string JsonPropertyNameAttribute = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string CompilerGeneratedAttribute = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    public const string SetsRequiredMembersAttribute = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string JsonIgnoreAttribute = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonIncludeAttribute = "System.Text.Json.Serialization.JsonIncludeAttribute";
    public const string JsonRequiredAttribute = "System.Text.Json.Serialization.JsonRequiredAttribute";
    public const string JsonConstructorAttribute = "System.Text.Json.Serialization.JsonConstructorAttribute";
    public const string JsonNumberHandlingAttribute = "System.Text.Json.Serialization.JsonNumberHandlingAttribute";
    public const string JsonPolymorphicAttribute = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
    public const string JsonDerivedTypeAttribute = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonExtensionDataAttribute = "System.Text.Json.Serialization.JsonExtensionDataAttribute";
    public const string JsonPropertyOrderAttribute = "System.Text.Json.Serialization.JsonPropertyOrderAttribute";
    public const string JsonObjectCreationHandlingAttribute =
        "System.Text.Json.Serialization.JsonObjectCreationHandlingAttribute";
    public const string JsonUnmappedMemberHandlingAttribute =
        "System.Text.Json.Serialization.JsonUnmappedMemberHandlingAttribute";
    public const string ValidatableObject = "System.ComponentModel.DataAnnotations.IValidatableObject";
    public const string ValidationAttribute = "System.ComponentModel.DataAnnotations.ValidationAttribute";
    public const string RequiredAttribute = "System.ComponentModel.DataAnnotations.RequiredAttribute";
    public const string DescriptionAttribute = "System.ComponentModel.DescriptionAttribute";
    public const string FlagsAttribute = "System.FlagsAttribute";
    public const string NotConcurrentAttribute = "EnvelopeSdk.NotConcurrentAttribute";
    public const string TensorRankAttribute = "EnvelopeSdk.TensorRankAttribute";
    public const string Tensor = "System.Numerics.Tensors.Tensor";
    public const string EnvelopeClass = "EnvelopeSdk.Envelope";
    public const string ObsoleteAttribute = "System.ObsoleteAttribute";
    public const string ExperimentalAttribute = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
    public const string TableCodecAttribute = "EnvelopeSdk.Authoring.TableCodecAttribute";

    /// <summary>How the file of the generated part of a model class ends.</summary>
    public const string ModelFileSuffix = ".Envelope.g.cs";

    /// <summary>Set in a project that is made of an envelope: the metadata name of its model class.</summary>
    public const string ModelTypeProperty = "build_property.EnvelopeModelType";

    /// <summary>Set in a project that is made of an envelope: the simple name of the model's assembly.</summary>
    public const string ModelAssemblyProperty = "build_property.EnvelopeModelAssembly";

    /// <summary>
    /// Set in a project that is made of an envelope: what it is, <see cref="BatchHost"/>, <see cref="WorkerHost"/>, or
    /// a service.
    /// </summary>
    public const string HostProperty = "build_property.EnvelopeHost";

    /// <summary>Set in a service: the envelope that it is made of, as <c>NAME@DIGEST</c>.</summary>
    public const string EnvelopeProperty = "build_property.EnvelopeReference";

    /// <summary>What <see cref="HostProperty"/> says in a batch job.</summary>
    public const string BatchHost = "Batch";

    /// <summary>What <see cref="HostProperty"/> says in what answers the rows of a stream.</summary>
    public const string WorkerHost = "Worker";
}
