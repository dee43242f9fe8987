using System.ComponentModel;
using System.Text;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;

namespace EnvelopeSdk.Binding;

/// <summary>
/// The names of a <c>[Flags]</c> enum, whose combinations JSON has as names with a comma and a space between them.
/// </summary>
/// <param name="type">The enum's name.</param>
/// <param name="values">Its names and their bits, in order of declaration.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FlagNames(string type, (string Name, ulong Bits)[] values)
{
    private readonly byte[][] _names = [.. values.Select(value => Encoding.UTF8.GetBytes(value.Name))];
    private readonly string _expected =
        $"names with ', ' between them, of {string.Join(", ", values.Select(value => $"\"{value.Name}\""))}";

    /// <summary>Reads a combination.</summary>
    /// <param name="input">At the value.</param>
    /// <returns>Its bits; 0 when it is recorded as an error.</returns>
    public ulong Read(ref JsonInput input)
    {
        if (!input.ReadName(_expected))
        {
            return 0;
        }

        ulong bits = 0;
        var text = input.Name;
        foreach (var part in text.Split(", "u8))
        {
            if (Find(text[part]) is not { } known)
            {
                input.Check(false, _expected);
                return 0;
            }

            bits |= known;
        }

        return bits;
    }

    /// <summary>Writes a combination: the fewest names that make it up, those of the lowest bits first.</summary>
    /// <param name="bits">The combination.</param>
    /// <exception cref="ModelAnswerException">It has bits that no name has.</exception>
    public string Format(ulong bits)
    {
        if (Array.FindIndex(values, value => value.Bits == bits) is >= 0 and var whole)
        {
            return values[whole].Name;
        }

        var names = new List<string>();
        var rest = bits;
        foreach (var (name, own) in values.OrderByDescending(value => value.Bits))
        {
            if (own != 0 && (rest & own) == own)
            {
                names.Insert(0, name);
                rest &= ~own;
            }
        }

        return rest == 0 && names.Count > 0 ? string.Join(", ", names) : throw JsonOutput.UndeclaredValue(type);
    }

    private ulong? Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return values[i].Bits;
            }
        }

        return null;
    }
}
