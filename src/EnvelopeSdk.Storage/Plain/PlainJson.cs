using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EnvelopeSdk.Plain;

/// <summary>
/// Writes plain data of a user's own as JSON that depends on the data alone: members sorted by name, whatever order
/// reflection finds them in. It is no use of <c>JsonSerializer</c>, which writes what a member is declared as, so that
/// <c>IOptimizer</c> would lose all that <c>Adam</c> has, and which names no member that cannot be written.
/// </summary>
internal sealed class PlainJson
{
    public const string Trimming =
        "Members that are found by reflection may have been trimmed away. Give a JsonTypeInfo as well.";

    private readonly Utf8JsonWriter _writer;
    private readonly PlainPath _path;

    private PlainJson(Utf8JsonWriter writer, PlainPath path) => (_writer, _path) = (writer, path);

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What a member of it is, for errors: <c>hyperparameter</c>.</param>
    /// <exception cref="EnvelopeException">Something in it is no plain data; it is named.</exception>
    [RequiresUnreferencedCode(Trimming)]
    public static JsonElement Of(object? value, string what) =>
        CanonicalJson.Write(writer => new PlainJson(writer, new PlainPath(what, writer)).Write(value));

    [RequiresUnreferencedCode(Trimming)]
    private void Write(object? value)
    {
        _path.CheckSize();
        if (PlainScalars.TryWrite(_writer, value))
        {
            return;
        }

        _path.Enter(value!);
        if (PlainMembers.WhyUnwritable(value!) is { } reason)
        {
            throw _path.Refuse(reason);
        }

        if (PlainMembers.EntriesOf(value!) is { } entries)
        {
            WriteMembers(entries.Select(entry => (Key(entry.Key), (Func<object?>)(() => entry.Value))));
        }
        else if (value is IEnumerable items)
        {
            WriteItems(items);
        }
        else
        {
            WriteMembers(PlainMembers.Of(value!));
        }

        _path.Leave();
    }

    [RequiresUnreferencedCode(Trimming)]
    private void WriteMembers(IEnumerable<(string Name, Func<object?> Get)> members)
    {
        _writer.WriteStartObject();
        string? before = null;
        foreach (var (name, get) in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            _path.Push(name);
            if (name == before)
            {
                throw _path.Refuse("is there twice under one name. Give one of the two another name.");
            }

            before = name;
            _writer.WritePropertyName(name);
            Write(_path.Get(get));
            _path.Pop();
        }

        _writer.WriteEndObject();
    }

    [RequiresUnreferencedCode(Trimming)]
    private void WriteItems(IEnumerable items)
    {
        _writer.WriteStartArray();
        var index = 0;
        foreach (var item in items)
        {
            _path.Push(index++);
            Write(item);
            _path.Pop();
        }

        _writer.WriteEndArray();
    }

    private string Key(object key) => PlainScalars.Key(key)
        ?? throw _path.Refuse($"has a key of the type {key.GetType()}, and keys are texts, numbers or enumerations.");
}
