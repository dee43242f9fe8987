namespace EnvelopeSdk.Registry.Deploying;

/// <summary>What cannot be so of settings.</summary>
/// <param name="Pointer">Where it is: a JSON pointer (RFC 6901).</param>
/// <param name="Detail">The reason and the cure.</param>
internal sealed record SettingsFault(string Pointer, string Detail)
{
    /// <summary>A name within a pointer (RFC 6901, 3).</summary>
    public static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The member <c>errors</c> of problem details: its pointers are fragments of URIs (RFC 6901, 6).</summary>
    public static KeyValuePair<string, object?> ErrorsOf(IEnumerable<SettingsFault> faults) => new(
        "errors",
        faults.Select(one => new
        {
            pointer = "#" + string.Join('/', one.Pointer.Split('/').Select(Uri.EscapeDataString)),
            detail = one.Detail,
        }));

    /// <summary>An exception that says all of them.</summary>
    public static EnvelopeException All(params IReadOnlyList<SettingsFault> faults) =>
        new(EnvelopeError.Invalid, string.Join(' ', faults), new SettingsFaultsException(faults));

    /// <summary>Those that an exception says; none, if it is of something else.</summary>
    public static IReadOnlyList<SettingsFault> Of(EnvelopeException failure) =>
        (failure.InnerException as SettingsFaultsException)?.Faults ?? [];

    /// <summary>Says where something is that is refused, by what does not know.</summary>
    /// <exception cref="EnvelopeException">It is refused; the pointers begin with that of the place.</exception>
    public static void At(string pointer, Action check)
    {
        try
        {
            check();
        }
        catch (EnvelopeException failure) when (failure.Error == EnvelopeError.Invalid)
        {
            throw All([.. Of(failure) is { Count: > 0 } inner
                ? inner.Select(one => one with { Pointer = pointer + one.Pointer })
                : [new SettingsFault(pointer, failure.Message)]]);
        }
    }

    public override string ToString() => $"The settings cannot be so at '{Pointer}'. {Detail}";
}

/// <summary>What an exception says, for programs.</summary>
/// <param name="faults">All of it.</param>
internal sealed class SettingsFaultsException(IReadOnlyList<SettingsFault> faults) : Exception("Settings cannot be so.")
{
    public IReadOnlyList<SettingsFault> Faults => faults;
}
