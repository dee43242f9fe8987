using System.Globalization;
using System.Text;

namespace EnvelopeSdk.Generators.Model;

/// <summary>JSON string literals. A JSON library is not safe to load into a compiler.</summary>
internal static class JsonText
{
    /// <summary>A literal of ASCII.</summary>
    public static string Quote(string text) => Quote(text, '\u007f');

    /// <summary>A literal in which nothing is escaped but what JSON requires.</summary>
    public static string Minimal(string text) => Quote(text, char.MaxValue);

    /// <summary>Whether a text is one of Unicode: each half of a surrogate pair stands beside the other.</summary>
    public static bool CanCarry(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string Quote(string text, char firstEscaped)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                _ when character < ' ' || character >= firstEscaped =>
                    quoted.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
