using EnvelopeSdk.Binding;

namespace EnvelopeSdk.Service;

/// <summary>What a caller is told of a call that the model refuses.</summary>
internal static class Refusal
{
    /// <summary>Adds the place of a refusal to the row that the errors are at.</summary>
    public static void AddTo(BindingErrors errors, PredictionRefusedException refused)
    {
        foreach (var segment in refused.Pointer.Split('/').Skip(1))
        {
            errors.Enter(
                segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        errors.Add("a call that the model answers", "one that it refuses");
    }
}
