namespace EnvelopeSdk.Registry.Runtimes;

/// <summary>
/// The secrets that services get as variables: each a file that its owner alone may read, so that none is in a
/// database, an address or a backup of either.
/// </summary>
internal sealed class SecretFolder(string directory)
{
    private const int Longest = 100;

    public static bool IsName(string name) => name.Length is > 0 and <= Longest && name[0] != '.'
        && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.');

    /// <summary>The value of a secret, without the end of its line.</summary>
    /// <param name="configuration">The configuration, of which each has its own.</param>
    /// <param name="name">The name of the secret.</param>
    /// <exception cref="EnvelopeException">There is none of the name, or it cannot be read.</exception>
    public string Read(string configuration, string name)
    {
        var path = Path.Combine(directory, configuration, name);
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"There is no secret '{name}' that the registry can read. Write it to '{path}', which its user alone "
                + "may read (chmod 600).",
                failure);
        }
    }
}
