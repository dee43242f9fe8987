using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Vocabulary;
using Microsoft.Build.Framework;

namespace EnvelopeSdk.Build;

/// <summary>
/// Compares the schema that a service's code was generated for with the one frozen in its envelope, by what the two
/// mean: a newer way of writing the same is none of a caller's business, and a difference that breaks a caller stops
/// the build.
/// </summary>
public sealed class CompareSchemas : EnvelopeTask
{
    /// <summary>The service's compiled assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The unpacked envelope's directory.</summary>
    [Required]
    public string EnvelopeDirectory { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var record = UnpackedEnvelope.OpenAsync(EnvelopeDirectory).GetAwaiter().GetResult().Record;
        if (ModelContracts.Metadata(Assembly, Agreements.ServedSchemaKey) is not { } served)
        {
            Fail(
                BuildErrors.SchemaChanged,
                $"No service code was generated for the model '{record.Model.Type}' of the envelope '{record.Name}': "
                + "its class was not found in the envelope's assemblies. Save the model again.");
            return;
        }

        var derived = ModelSchema.Parse(System.Text.Encoding.UTF8.GetBytes(served));
        foreach (var change in SchemaComparison.CompareDerived(record.Schema, derived)
            .Where(change => change.IsBreaking))
        {
            Fail(
                BuildErrors.SchemaChanged,
                $"The service would not do what the schema frozen in the envelope '{record.Name}' says: at "
                + $"'{change.Pointer}': {change.Reason} Use EnvelopeSdk.Service {record.Model.Platform}, which the "
                + "model was saved with, or save the model again with this version.");
        }
    }
}
