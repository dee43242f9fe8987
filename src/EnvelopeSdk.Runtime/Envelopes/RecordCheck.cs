namespace EnvelopeSdk.Envelopes;

/// <summary>What a record has to say, beyond its members being there.</summary>
internal static class RecordCheck
{
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? WhyUnsound(EnvelopeRecord record) => record switch
    {
        { Model.Type: "" } or { Model.Assembly: "" } => "does not name the model class",
        { Model.Contract: < 1 } => $"has the contract {record.Model.Contract}, and they begin with 1",
        _ => WhyUnsound(record.State) ?? SchemaCheck.WhyUnsound(record.Schema),
    };

    private static string? WhyUnsound(IReadOnlyList<StateRecord> states)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in states)
        {
            if (!names.Add(state.Name))
            {
                return $"has two states '{SafeText.Of(state.Name)}'";
            }

            if (state.Version < 1)
            {
                return $"has version {state.Version} of the codec '{SafeText.Of(state.Codec)}', and they begin with 1";
            }

            if (state.Files.Distinct(StringComparer.Ordinal).Count() != state.Files.Count)
            {
                return $"names a file of the state '{SafeText.Of(state.Name)}' twice";
            }
        }

        return null;
    }
}
