using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace EnvelopeSdk.Binding;

/// <summary>
/// Collects what is wrong with a JSON text while <see cref="Reading.JsonInput"/> reads it, and knows the path to the
/// value being read, so that a pointer costs nothing until an error needs it. Can be reused after <see cref="Clear"/>;
/// not thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BindingErrors
{
    /// <summary>How many errors are reported of one text; those behind them are not looked for.</summary>
    public const int Limit = 32;

    /// <summary>
    /// How many UTF-16 units of a member's name a pointer shows at the most: what a caller sends can be millions long.
    /// </summary>
    internal const int LongestName = 200;

    private readonly List<BindingError> _errors = [];
    private Segment[] _path = new Segment[16];
    private int _depth;

    /// <summary>The number of errors found.</summary>
    public int Count => _errors.Count;

    /// <summary>Whether so many errors were found that reading should stop.</summary>
    public bool IsFull => _errors.Count >= Limit;

    /// <summary>An error, in the order of the text.</summary>
    /// <param name="index">From zero.</param>
    public BindingError this[int index] => _errors[index];

    /// <summary>Forgets the errors and the path.</summary>
    public void Clear()
    {
        _errors.Clear();
        _depth = 0;
    }

    /// <summary>Goes down to a member of the object being read.</summary>
    /// <param name="name">The member's name.</param>
    public void Enter(string name) => Push(new Segment(name, 0));

    /// <summary>Goes down to an item of the array being read.</summary>
    /// <param name="index">From zero.</param>
    public void Enter(int index) => Push(new Segment(null, index));

    /// <summary>Goes on to another item of the same array.</summary>
    /// <param name="index">From zero.</param>
    public void MoveTo(int index) => _path[_depth - 1] = new Segment(null, index);

    /// <summary>Goes back up.</summary>
    public void Leave() => _depth--;

    /// <summary>Records an error at the current path.</summary>
    /// <param name="expected">What the schema asks for, in words.</param>
    /// <param name="actual">What kind of value came; it may say a number or a length, and never a string.</param>
    public void Add(string expected, string actual)
    {
        if (!IsFull)
        {
            _errors.Add(new BindingError(Pointer(), expected, actual));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(Segment segment)
    {
        var path = _path;
        if (_depth >= path.Length)
        {
            path = Lengthen();
        }

        path[_depth++] = segment;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Segment[] Lengthen()
    {
        Array.Resize(ref _path, _depth * 2);
        return _path;
    }

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var segment in _path.AsSpan(0, _depth))
        {
            pointer.Append('/').Append(segment.Name is { } name
                ? Shorten(name).Replace("~", "~0", StringComparison.Ordinal)
                    .Replace("/", "~1", StringComparison.Ordinal)
                : segment.Index.ToString(CultureInfo.InvariantCulture));
        }

        return pointer.ToString();
    }

    private static string Shorten(string name) => name.Length <= LongestName ? name
        : string.Concat(
            name.AsSpan(0, char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName), "…");

    private readonly record struct Segment(string? Name, int Index);
}
