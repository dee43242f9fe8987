using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace EnvelopeSdk.Binding.Reading;

public ref partial struct JsonInput
{
    /// <summary>Starts an object.</summary>
    /// <returns>Whether there is an object.</returns>
    public bool BeginObject() => Next == '{' ? Descend() : Refuse("an object");

    /// <summary>Goes to the next member of the object.</summary>
    /// <param name="names">The members that the object's type has.</param>
    /// <param name="member">
    /// The index of the member before, -1 at first; receives that of the member, -1 when the type does not have it.
    /// </param>
    /// <returns>Whether there is one; if not, the object is behind.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextMember(MemberNames names, ref int member) =>
        !TryEndObject() && NextMemberOf(names, ref member);

    /// <summary>Goes behind an object where it ends at once: most callers send all its members, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEndObject()
    {
        if (Next != '}')
        {
            return false;
        }

        EndPart();
        return true;
    }

    private bool NextMemberOf(MemberNames names, ref int member)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Quoted(member + 1) is { } quoted && TakeName(quoted))
        {
            member++;
            return true;
        }

        if (!NextMember())
        {
            return false;
        }

        member = names.Find(_name);
        return true;
    }

    /// <summary>Goes to the next member of an object whose members no declaration knows.</summary>
    /// <returns>Whether there is one; if not, the object is behind.</returns>
    public bool NextMember()
    {
        if (!NextName(out var name, out var isEscaped))
        {
            return false;
        }

        _name = isEscaped ? new JsonText(name, isEscaped).Utf8 : name;
        return true;
    }

    /// <summary>Goes to the member's value, unless the member was there before.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="seen">A bit for each member of the object.</param>
    /// <param name="bit">The member's bit.</param>
    /// <returns>Whether to read the value, and then call <see cref="EndMember"/>.</returns>
    public bool BeginMember(string name, ref ulong seen, ulong bit)
    {
        if ((seen & bit) == 0)
        {
            seen |= bit;
            _errors.Enter(name);
            return true;
        }

        RefuseDuplicate(name);
        return false;
    }

    /// <summary>Goes to the value of a member that no declaration knows; then call <see cref="EndMember"/>.</summary>
    /// <param name="name">What <see cref="ReadMemberName"/> gave.</param>
    public readonly void BeginMember(string name) => _errors.Enter(name);

    /// <summary>Goes to the value of a member whose name is an integer; then call <see cref="EndMember"/>.</summary>
    /// <typeparam name="T">The type of the integer.</typeparam>
    /// <param name="key">What <see cref="TryReadKey{T}"/> gave.</param>
    public readonly void BeginMember<T>(T key)
        where T : struct, IBinaryInteger<T>
    {
        if (key >= T.CreateSaturating(int.MinValue) && key <= T.CreateSaturating(int.MaxValue))
        {
            _errors.Enter(int.CreateTruncating(key)); // of which a pointer shows the digits
        }
        else
        {
            _errors.Enter(key.ToString(null, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>
    /// The name of the member; null when it is not valid Unicode, and then the member is recorded and behind.
    /// </summary>
    public string? ReadMemberName()
    {
        if (Utf8.IsValid(_name))
        {
            return Encoding.UTF8.GetString(_name);
        }

        RefuseName("\uFFFD", "a member name of valid Unicode");
        return null;
    }

    /// <summary>Records a member for its name, and steps over it.</summary>
    /// <param name="name">What <see cref="ReadMemberName"/> gave.</param>
    /// <param name="expected">What the name should be, in words.</param>
    public void RefuseName(string name, string expected) => RefuseMember(name, expected, "another name");

    /// <summary>Records a member whose name is no key of the dictionary, and steps over it.</summary>
    /// <param name="expected">What the name should be, in words.</param>
    public void RefuseKey(string expected)
    {
        if (ReadMemberName() is { } name)
        {
            RefuseName(name, expected);
        }
    }

    /// <summary>Records a member that an object has twice, and steps over it.</summary>
    /// <typeparam name="T">The type of the integer that is its name.</typeparam>
    /// <param name="key">What <see cref="TryReadKey{T}"/> gave.</param>
    public void RefuseDuplicate<T>(T key)
        where T : struct, IBinaryInteger<T> => RefuseDuplicate(key.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Records a member that an object has twice, and steps over it.</summary>
    /// <param name="name">Its name.</param>
    public void RefuseDuplicate(string name) => RefuseMember(name, "the member once", "it again");

    /// <summary>Steps over a member that the object's type does not have, and records it.</summary>
    /// <param name="expected">The members that the type has, in words.</param>
    public void UnknownMember(string expected) => RefuseMember(ShownName(), expected, "an unknown member");

    /// <summary>Goes back from a member's value to its object.</summary>
    public readonly void EndMember() => _errors.Leave();

    /// <summary>Records a member that must be there and is not.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="seen">A bit for each member that was there.</param>
    /// <param name="bit">The member's bit.</param>
    public readonly void Require(string name, ulong seen, ulong bit)
    {
        if ((seen & bit) == 0 && !IsStopped)
        {
            _errors.Enter(name);
            _errors.Add("a value", "nothing: the member is missing");
            _errors.Leave();
        }
    }

    /// <summary>
    /// Records an object that the code of its own type refuses: a constructor or a property that throws.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="type">Its name.</param>
    public readonly T RefusedByType<T>(string type)
    {
        _errors.Add($"members that {type} accepts", "members that it refuses");
        return default!;
    }

    /// <summary>
    /// Takes the name that is expected next, where it stands in its plainest form: most callers send all members, in
    /// order.
    /// </summary>
    private bool TakeName(ReadOnlySpan<byte> quoted)
    {
        var start = _position;
        if (!_isAtStart)
        {
            if (Next != ',')
            {
                return false;
            }

            start++;
        }

        // A value has to follow, and errors to be few enough to go on; all else is left to the way that looks at
        // everything.
        if (IsStopped || !_json[start..].StartsWith(quoted) || _json.Length <= start + quoted.Length
            || _json[start + quoted.Length] <= ' ')
        {
            return false;
        }

        _isAtStart = false;
        _position = start + quoted.Length;
        return true;
    }

    private void RefuseMember(string name, string expected, string actual)
    {
        _errors.Enter(name);
        _errors.Add(expected, actual);
        SkipValue();
        _errors.Leave();
    }

    /// <summary>
    /// The member's name as a pointer has it: one that is not valid Unicode cannot be written back, and of a long one
    /// the beginning will do.
    /// </summary>
    private readonly string ShownName() => !Utf8.IsValid(_name) ? "\uFFFD"
        : Encoding.UTF8.GetString(_name[..Math.Min(_name.Length, 4 * BindingErrors.LongestName)]);
}
