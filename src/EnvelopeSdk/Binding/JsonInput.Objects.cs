using System.Text.Json;

namespace EnvelopeSdk.Binding;

public ref partial struct JsonInput
{
    /// <summary>Starts an object.</summary>
    /// <returns>Whether there is an object.</returns>
    public bool BeginObject() => _reader.TokenType == JsonTokenType.StartObject || Refuse("an object");

    /// <summary>Goes to the next member of the object. Its name is compared with <see cref="Is"/>.</summary>
    /// <returns>Whether there is one; if not, the object is behind.</returns>
    public bool NextMember() => !_errors.IsFull && _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Compares the name of the member, escapes resolved.</summary>
    /// <param name="utf8Name">A name in UTF-8.</param>
    public readonly bool Is(ReadOnlySpan<byte> utf8Name) =>
        _reader.ValueIsEscaped ? IsEscaped(utf8Name) : _reader.ValueTextEquals(utf8Name);

    /// <summary>Goes from the member's name to its value, unless the member was there before.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="seen">A bit for each member of the object.</param>
    /// <param name="bit">The member's bit.</param>
    /// <returns>Whether to read the value, and then call <see cref="EndMember"/>.</returns>
    public bool BeginMember(string name, ref ulong seen, ulong bit)
    {
        _errors.Enter(name);
        _reader.Read();
        if ((seen & bit) == 0)
        {
            seen |= bit;
            return true;
        }

        _errors.Add("the member once", "it again");
        _reader.Skip();
        _errors.Leave();
        return false;
    }

    /// <summary>Goes from the name of a member that no declaration knows to its value; then call <see cref="EndMember"/>.</summary>
    /// <param name="name">What <see cref="ReadMemberName"/> gave.</param>
    public void BeginMember(string name)
    {
        _errors.Enter(name);
        _reader.Read();
    }

    /// <summary>The name of the member; null when it is not valid Unicode, and then the member is recorded and behind.</summary>
    public string? ReadMemberName()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            RefuseName("\uFFFD", "a member name of valid Unicode");
            return null;
        }
    }

    /// <summary>Records a member for its name, and steps over it.</summary>
    /// <param name="name">What <see cref="ReadMemberName"/> gave.</param>
    /// <param name="expected">What the name should be, in words.</param>
    public void RefuseName(string name, string expected)
    {
        _errors.Enter(name);
        _errors.Add(expected, "another name");
        _reader.Read();
        _reader.Skip();
        _errors.Leave();
    }

    /// <summary>Records a member that an object has twice, and steps over it.</summary>
    /// <param name="name">Its name.</param>
    public void RefuseDuplicate(string name)
    {
        _errors.Enter(name);
        _errors.Add("the member once", "it again");
        _reader.Read();
        _reader.Skip();
        _errors.Leave();
    }

    /// <summary>Steps over a value without looking at it.</summary>
    public void SkipValue() => _reader.Skip();

    /// <summary>Goes back from a member's value to its object.</summary>
    public readonly void EndMember() => _errors.Leave();

    /// <summary>Steps over a member that the object's type does not have, and records it.</summary>
    /// <param name="expected">The members that the type has, in words.</param>
    public void UnknownMember(string expected)
    {
        _errors.Enter(MemberName());
        _reader.Read();
        _errors.Add(expected, "an unknown member");
        _reader.Skip();
        _errors.Leave();
    }

    /// <summary>Records a member that must be there and is not.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="seen">A bit for each member that was there.</param>
    /// <param name="bit">The member's bit.</param>
    public readonly void Require(string name, ulong seen, ulong bit)
    {
        if ((seen & bit) == 0 && !_errors.IsFull)
        {
            _errors.Enter(name);
            _errors.Add("a value", "nothing: the member is missing");
            _errors.Leave();
        }
    }

    /// <summary>Records an object that the code of its own type refuses: a constructor or a property that throws.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="type">Its name.</param>
    public readonly T RefusedByType<T>(string type)
    {
        _errors.Add($"members that {type} accepts", "members that it refuses");
        return default!;
    }

    private readonly bool IsEscaped(ReadOnlySpan<byte> utf8Name)
    {
        try
        {
            return _reader.ValueTextEquals(utf8Name);
        }
        catch (InvalidOperationException)
        {
            return false; // an escaped lone surrogate equals no name
        }
    }

    private readonly string MemberName()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD"; // a name that is not valid Unicode cannot be written back
        }
    }
}
