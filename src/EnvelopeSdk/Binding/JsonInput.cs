using System.Runtime.CompilerServices;
using System.Text.Json;

namespace EnvelopeSdk.Binding;

/// <summary>
/// What generated code reads JSON with. A value of the wrong form is recorded in <see cref="BindingErrors"/> and stepped
/// over, so that one pass finds all errors of a text; only text that is not JSON at all ends the reading.
/// </summary>
public ref partial struct JsonInput
{
    /// <summary>How deep arrays and objects may be nested.</summary>
    public const int MaxDepth = 64;

    private readonly BindingErrors _errors;
    private Utf8JsonReader _reader;

    private JsonInput(ReadOnlySpan<byte> utf8Json, BindingErrors errors)
    {
        _reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
        _errors = errors;
    }

    /// <summary>Whether something was wrong in what was read up to now.</summary>
    public readonly bool HasErrors => _errors.Count > 0;

    /// <summary>How many things were wrong in what was read up to now.</summary>
    public readonly int ErrorCount => _errors.Count;

    /// <summary>Reads a whole JSON text.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="utf8Json">One JSON value in UTF-8, with nothing but white space around it.</param>
    /// <param name="errors">Receives what is wrong with it.</param>
    /// <param name="read">Reads the value.</param>
    /// <returns>The value; meaningless when <paramref name="errors"/> is not empty.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> utf8Json, BindingErrors errors, JsonRead<T> read)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(read);
        if (utf8Json.IsEmpty)
        {
            errors.Add("a JSON value", "nothing");
            return default;
        }

        var input = new JsonInput(utf8Json, errors);
        try
        {
            input._reader.Read();
            var value = read(ref input);
            if (!errors.IsFull)
            {
                input._reader.Read(); // throws when something follows the value
            }

            return value;
        }
        catch (JsonException syntax)
        {
            if (input._reader.CurrentDepth >= MaxDepth)
            {
                errors.Add($"arrays and objects nested at most {MaxDepth} deep", "deeper ones");
            }
            else
            {
                errors.Add("valid JSON", $"a syntax error at line {syntax.LineNumber + 1}, byte {syntax.BytePositionInLine + 1}");
            }

            return default;
        }
    }

    /// <summary>Whether the value is <see langword="null"/>.</summary>
    public readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    /// <summary>Starts an array.</summary>
    /// <returns>Whether there is an array.</returns>
    public bool BeginArray()
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            return Refuse("an array");
        }

        _errors.Enter(-1);
        return true;
    }

    /// <summary>Goes to the next item of the array.</summary>
    /// <param name="index">The index of the item before, -1 at first; receives the item's index.</param>
    /// <returns>Whether there is one; if not, the array is behind.</returns>
    public bool NextItem(ref int index)
    {
        _errors.Leave();
        if (_errors.IsFull || !_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        _errors.Enter(++index);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refuse(string expected)
    {
        _errors.Add(expected, Describe(_reader.TokenType));
        _reader.Skip();
        return false;
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
