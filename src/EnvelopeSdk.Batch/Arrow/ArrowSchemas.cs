using ArrowSchema = Apache.Arrow.Schema;

namespace EnvelopeSdk.Batch.Arrow;

/// <summary>What must hold of the schemas of streams and files.</summary>
internal static class ArrowSchemas
{
    /// <param name="schema">The schema.</param>
    /// <param name="of">What has it.</param>
    /// <param name="names">Which names are one.</param>
    /// <exception cref="EnvelopeException">Two columns have one name.</exception>
    public static void EnsureDistinct(ArrowSchema schema, string of, StringComparer names)
    {
        var twice = schema.FieldsList.GroupBy(one => one.Name, names)
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid, $"{of} has several columns '{twice.Key}'. Give them other names.");
        }
    }

    /// <exception cref="EnvelopeException">A column is another in one of two files.</exception>
    public static void EnsureAlike(ArrowSchema first, string firstFile, ArrowSchema other, string otherFile)
    {
        IReadOnlyList<(string Name, string Type)> Columns(ArrowSchema schema) =>
            [.. ArrowTypes.Columns(schema).Select(one => (one.Name, one.Type.Name))];

        var (ours, theirs) = (Columns(first), Columns(other));
        if (ours.SequenceEqual(theirs))
        {
            return;
        }

        var different = ours.Except(theirs).Concat(theirs.Except(ours)).Concat(theirs).First();
        throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"The columns of '{otherFile}' are not those of '{firstFile}', of the same types and in the same order: "
            + $"look at '{different.Name}'. Write them alike, or answer one after the other.");
    }
}
