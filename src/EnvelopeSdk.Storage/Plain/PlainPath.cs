using System.Globalization;
using System.Text.Json;

namespace EnvelopeSdk.Plain;

/// <summary>Where in a value the writer is, and how far it may go.</summary>
/// <param name="what">What a member of the value is: <c>hyperparameter</c>.</param>
/// <param name="writer">The writer.</param>
internal sealed class PlainPath(string what, Utf8JsonWriter writer)
{
    private readonly List<string> _names = [];
    private readonly List<object> _around = [];

    public void Push(string name) => _names.Add(_names.Count == 0 ? name : "." + name);

    public void Push(int index) => _names.Add(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public void Pop() => _names.RemoveAt(_names.Count - 1);

    /// <summary>Enters something that has parts.</summary>
    /// <exception cref="EnvelopeException">It is a part of itself, or too deep.</exception>
    public void Enter(object value)
    {
        if (!value.GetType().IsValueType && _around.Exists(one => ReferenceEquals(one, value)))
        {
            throw Refuse("leads back to what it is a part of. Leave it out, with [JsonIgnore] on the property.");
        }

        _around.Add(value);
        if (_around.Count > CanonicalJson.MaxDepth)
        {
            throw Refuse($"is nested more than {CanonicalJson.MaxDepth} levels deep. Write a flatter one.");
        }
    }

    public void Leave() => _around.RemoveAt(_around.Count - 1);

    /// <exception cref="EnvelopeException">So much was written that it is no description any more.</exception>
    public void CheckSize()
    {
        if (writer.BytesCommitted + writer.BytesPending > CanonicalJson.MaxBytes)
        {
            throw Refuse($"goes beyond the {CanonicalJson.MaxBytes} bytes of JSON that all together may have. Leave "
                + "large data to the state of the model.");
        }
    }

    /// <summary>Reads a member.</summary>
    /// <exception cref="EnvelopeException">It throws.</exception>
    public object? Get(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var reason = (failure.InnerException ?? failure).Message.TrimEnd('.');
            throw Refuse($"cannot be read: {reason}. Leave it out, with [JsonIgnore] on the property.");
        }
    }

    public EnvelopeException Refuse(string reason) => new(
        EnvelopeError.Invalid,
        _names.Count == 0 ? $"The record of the {what}s {reason}" : $"The {what} '{string.Concat(_names)}' {reason}");
}
