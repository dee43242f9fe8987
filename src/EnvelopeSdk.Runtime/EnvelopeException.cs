namespace EnvelopeSdk;

/// <summary>Why an envelope could not be saved, found or read.</summary>
public enum EnvelopeError
{
    /// <summary>A name, reference or value that the caller gave is not valid.</summary>
    Invalid,

    /// <summary>The store, or the envelope in it, does not exist.</summary>
    NotFound,

    /// <summary>What is stored is not what was saved: a file is missing, cut short or changed.</summary>
    Damaged,

    /// <summary>The envelope is sound, but it is not an envelope of the model class it was to be loaded as.</summary>
    Mismatch,

    /// <summary>
    /// It has a number, of its form, its contract or its vocabulary, that this version does not know; the message says
    /// which does.
    /// </summary>
    UnknownVersion,

    /// <summary>
    /// The store cannot be written or read just now: no space, no permission, or held by another process.
    /// </summary>
    Unavailable,

    /// <summary>No key that is trusted signed the envelope.</summary>
    Untrusted,
}

/// <summary>Tells what went wrong with an envelope, with the input at fault and what to do about it.</summary>
public sealed class EnvelopeException : Exception
{
    /// <summary>Makes an exception with a message for people.</summary>
    /// <param name="error">The kind of failure, for programs.</param>
    /// <param name="message">The input at fault, the reason and the cure.</param>
    /// <param name="innerException">What caused it, if something did.</param>
    public EnvelopeException(EnvelopeError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>The kind of failure.</summary>
    public EnvelopeError Error { get; }
}
