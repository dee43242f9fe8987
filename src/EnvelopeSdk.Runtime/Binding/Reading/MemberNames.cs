using System.ComponentModel;
using System.Text;

namespace EnvelopeSdk.Binding.Reading;

/// <summary>The members that an object of one type may have, in the order in which most callers send them.</summary>
/// <param name="names">Their names in JSON.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MemberNames(params string[] names)
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[]?[] _quoted = [.. names.Select(Quote)];

    /// <summary>
    /// The member's name with its quotes and a colon, as it stands in a compact text; null behind the last member, and
    /// when JSON escapes a part of it.
    /// </summary>
    internal byte[]? Quoted(int index) => (uint)index < (uint)_quoted.Length ? _quoted[index] : null;

    /// <summary>How many there are.</summary>
    internal int Count => _names.Length;

    /// <summary>The index of a name; -1 when no member has it.</summary>
    internal int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static byte[]? Quote(string name) =>
        name.Any(character => character is '"' or '\\' or < ' ') ? null : Encoding.UTF8.GetBytes($"\"{name}\":");
}
