using System.Text.RegularExpressions;
using EnvelopeSdk.Batches;

namespace EnvelopeSdk.Registry.Batches;

/// <summary>Finds passwords in what a batch reads and writes, which all see who may read batches.</summary>
internal static partial class PlaceSecrets
{
    private const string Masked = "...";

    /// <exception cref="EnvelopeException">There is one; the message has all but it.</exception>
    public static void Refuse(BatchSettings settings)
    {
        (string Pointer, string? Text)[] places =
        [
            ("/input", settings.Input), ("/output", settings.Output), ("/quarantine", settings.Quarantine),
            ("/log", settings.Log),
        ];
        var wrong = places.Where(one => one.Text is not null && Mask(one.Text) != one.Text).Select(one =>
            $"The settings cannot be so at '{one.Pointer}'. '{Mask(one.Text!)}' has a password, which everybody would "
            + "see who may read the batch. Leave it out, and let the variable PGPASSWORD have it from a secret "
            + "('secrets').").ToList();
        if (wrong.Count > 0)
        {
            throw new EnvelopeException(EnvelopeError.Invalid, string.Join(' ', wrong));
        }
    }

    /// <summary>A text with dots in the place of passwords that addresses of PostgreSQL in it have.</summary>
    public static string Mask(string text) => Address().Replace(text, address =>
        Parameter().Replace(UserInfo().Replace(address.Value, $"$1{Masked}@"), $"$1{Masked}"));

    /// <summary>An address, also one in a query: to its end or that of the text in quotes.</summary>
    [GeneratedRegex("""postgres(?:ql)?://[^'"]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    /// <summary>What is behind a user's name and is no port, up to the last @: an unescaped one may be in it.</summary>
    [GeneratedRegex("""(://[^:/?#@\[]*:)(?!\d*(?:[/?#,]|$))(?:.*@|.*)""", RegexOptions.Singleline)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""([?&][a-z]*password=)[^&#]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();
}
