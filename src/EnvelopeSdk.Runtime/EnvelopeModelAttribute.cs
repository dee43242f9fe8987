namespace EnvelopeSdk;

/// <summary>
/// Marks a class as a model that can be saved in an envelope. The class must be <c>partial</c>; the parameters of its
/// primary constructor are its state, and its methods marked with <see cref="PredictAttribute"/> are its queries.
/// </summary>
/// <param name="name">
/// The envelope's name: lower-case letters and digits in groups separated by single <c>-</c>, <c>_</c> or <c>.</c>,
/// at most 128 characters, as in the name of an OCI repository.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EnvelopeModelAttribute(string name) : Attribute
{
    /// <summary>
    /// The name under which <c>Envelope.SaveAsync</c> saves the model unless <c>EnvelopeInfo.Name</c> says otherwise.
    /// </summary>
    public string Name { get; } = name;
}
