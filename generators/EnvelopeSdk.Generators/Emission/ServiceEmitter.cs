using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits what a service is made of: its queries, and the method that adds them to the application.</summary>
internal static class ServiceEmitter
{
    private const string Builder = "global::Microsoft.AspNetCore.Builder.WebApplicationBuilder";
    private const string Hosting = "global::EnvelopeSdk.Service.EnvelopeHosting";
    private const string Summary =
        "Loads the model in the background and makes its queries known to <c>MapEnvelope</c>.";

    /// <param name="model">The model.</param>
    /// <param name="envelope">The envelope that it comes from, as <c>NAME@DIGEST</c>.</param>
    public static string Emit(ModelSpec model, string envelope) => ServingEmitter.Emit(
        model,
        $$"""
        namespace EnvelopeSdk.Service
        {
            /// <summary>Adds the model of this project's envelope to the application.</summary>
            internal static class EnvelopeApplicationBuilderExtensions
            {
                /// <summary>{{Summary}}</summary>
                public static {{Builder}} AddEnvelope(this {{Builder}} builder) =>
                    {{Hosting}}.AddEnvelope(builder, new {{ServingEmitter.BindingName}}(), {{Code.Literal(envelope)}});
            }
        }
        """);
}
