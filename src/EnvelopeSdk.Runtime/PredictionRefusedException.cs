using System.Text;

namespace EnvelopeSdk;

/// <summary>
/// A predict method throws it for arguments that its schema allows and it cannot or will not answer. The caller of a
/// service is told the reason (status 422), and nothing has failed.
/// </summary>
public sealed class PredictionRefusedException : Exception
{
    /// <summary>Refuses a call.</summary>
    /// <param name="reason">
    /// Why, for the caller: whoever calls the service reads it. Half a surrogate pair in it becomes U+FFFD.
    /// </param>
    /// <param name="pointer">
    /// The JSON pointer (RFC 6901) of the argument at fault, such as <c>/order/items/3</c>; empty for the whole call.
    /// </param>
    /// <param name="innerException">What caused it, which callers are not told.</param>
    /// <exception cref="ArgumentException">
    /// There is no reason, or <paramref name="pointer"/> is not a JSON pointer.
    /// </exception>
    public PredictionRefusedException(string reason, string pointer = "", Exception? innerException = null)
        : base(Sentence(reason, pointer), innerException) =>
        (Reason, Pointer) = (WellFormed(reason), WellFormed(pointer));

    /// <summary>Why, for the caller.</summary>
    public string Reason { get; }

    /// <summary>The JSON pointer of the argument at fault; empty for the whole call.</summary>
    public string Pointer { get; }

    /// <summary>
    /// Text that can be sent: half a character, as is left of a caller's text that is cut, becomes U+FFFD.
    /// </summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Sentence(string reason, string pointer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentNullException.ThrowIfNull(pointer);
        return pointer is "" ? $"The model refuses this call: {reason}"
            : pointer[0] == '/' ? $"The model refuses this call, for its argument '{pointer}': {reason}"
            : throw new ArgumentException(
                $"'{pointer}' is not a JSON pointer. Begin it with '/', as in '/{pointer}'.", nameof(pointer));
    }
}
