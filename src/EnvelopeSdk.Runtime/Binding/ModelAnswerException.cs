namespace EnvelopeSdk.Binding;

/// <summary>
/// A model's answer cannot be written as its schema promises. The fault is the model's, not the caller's.
/// </summary>
/// <param name="message">What is wrong with the answer.</param>
/// <param name="cause">The failure that this one says more about.</param>
public sealed class ModelAnswerException(string message, Exception? cause = null) : Exception(message, cause);
