using System.Security.Cryptography;
using System.Text;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Registry.Access;

/// <summary>
/// The secret of a registry on loopback, which every local user and every web page can reach: who started it reads the
/// secret in the address that it prints, and the command in a file that only that user may read.
/// </summary>
internal sealed class StartToken
{
    private const int Bytes = 32;

    private readonly byte[] _token;
    private readonly byte[] _session;

    private StartToken(string text)
    {
        Text = text;
        _token = Encoding.ASCII.GetBytes(text);
        Session = Convert.ToHexStringLower(HMACSHA256.HashData(_token, "session"u8));
        _session = Encoding.ASCII.GetBytes(Session);
    }

    /// <summary>256 random bits in hexadecimal digits.</summary>
    public string Text { get; }

    /// <summary>What a browser keeps in its place: who sees the cookie does not see the token.</summary>
    public string Session { get; }

    /// <summary>The token that a registry of a store has had, so that pages stay signed in, or a new one.</summary>
    /// <param name="path">The file, which is made if it is not there, for its owner alone.</param>
    /// <exception cref="EnvelopeException">The file cannot be read or written, or others may read it.</exception>
    public static StartToken Load(string path) =>
        new(Using(path, () => File.Exists(path) && Read(path) is { } known ? known : WriteNew(path)));

    /// <summary>Writes the token where the command looks for it that speaks to an address.</summary>
    /// <returns>Takes it away again. Until then, or until the process ends, the command knows that it holds.</returns>
    /// <exception cref="EnvelopeException">The file cannot be written.</exception>
    public Announcement Announce(string path) => Using(path, () => Announcement.Make(path, Text));

    public bool IsToken(string text) => Equals(text, _token);

    public bool IsSession(string text) => Equals(text, _session);

    private static T Using<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Unavailable,
                $"The registry keeps its start token in '{path}', which cannot be used: {failure.Message} "
                + "Let its owner read and write it.",
                failure);
        }
    }

    private static bool Equals(string text, byte[] secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), secret);

    /// <returns>Null when it is no token: a new one takes its place.</returns>
    private static string? Read(string path)
    {
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~PrivateFile.Mode) != 0)
        {
            return null; // somebody else may know it
        }

        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Bytes && text.All(char.IsAsciiHexDigitLower) ? text : null;
    }

    private static string WriteNew(string path)
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        PrivateFile.Write(path, text);
        return text;
    }
}
