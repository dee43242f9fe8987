using System.Security.Cryptography;
using System.Text;

namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>What the holder of a key sends: <c>envk_ID_SECRET</c>, in hexadecimal digits.</summary>
internal sealed record KeyText
{
    public const string Prefix = "envk_";

    private const int IdBytes = 6;
    private const int SecretBytes = 32;

    private readonly string _secret;

    private KeyText(string id, string secret) => (Id, _secret) = (id, secret);

    public string Id { get; }

    /// <summary>
    /// SHA-256 of the secret. It is 256 random bits, which nobody guesses, so that no slow hash has to protect it.
    /// </summary>
    public string SecretHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_secret)));

    /// <summary>The whole text, which is the secret one.</summary>
    public string Whole => $"{Prefix}{Id}_{_secret}";

    public static KeyText Make() => new(Hex(IdBytes), Hex(SecretBytes));

    /// <returns>Null when it has not the form of one.</returns>
    public static KeyText? TryParse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..].Split('_') is [var id, var secret]
        && IsHex(id, IdBytes) && IsHex(secret, SecretBytes)
            ? new(id, secret)
            : null;

    /// <summary>Compares in a time that tells nothing.</summary>
    public bool IsOf(string secretHash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(SecretHash), Encoding.ASCII.GetBytes(secretHash));

    public override string ToString() => Prefix + Id;

    private static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private static bool IsHex(string text, int bytes) =>
        text.Length == 2 * bytes && text.All(char.IsAsciiHexDigitLower);
}
