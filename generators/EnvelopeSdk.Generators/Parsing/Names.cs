using System.Text;
using System.Text.RegularExpressions;

namespace EnvelopeSdk.Generators.Parsing;

/// <summary>Forms of names, and how one is made of another.</summary>
internal static class Names
{
    private static readonly Regex EnvelopeForm = new(@"^[a-z0-9]+(?:[._-][a-z0-9]+)*\z", RegexOptions.CultureInvariant);
    private static readonly Regex QueryForm = new(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant);

    /// <summary>The form of an OCI repository's name, at most 128 characters.</summary>
    public static bool IsEnvelopeName(string name) => name.Length <= 128 && EnvelopeForm.IsMatch(name);

    /// <summary>A segment of a route that a service does not use itself.</summary>
    public static bool IsQueryName(string name) =>
        QueryForm.IsMatch(name) && name is not ("envelope" or "health" or "metrics" or "openapi" or "swagger");

    /// <summary><c>PredictPrice</c> and <c>Predict_Price</c> are served as <c>predict-price</c>.</summary>
    public static string ToQueryName(string method)
    {
        var name = new StringBuilder();
        for (var i = 0; i < method.Length; i++)
        {
            if (method[i] == '_')
            {
                name.Append('-');
                continue;
            }

            var startsWord = char.IsUpper(method[i]) && i > 0 && method[i - 1] != '_'
                && (!char.IsUpper(method[i - 1]) || (i + 1 < method.Length && char.IsLower(method[i + 1])));
            if (startsWord)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(method[i]));
        }

        return name.ToString();
    }

    /// <summary>The name in JSON as <c>JsonNamingPolicy.CamelCase</c> writes it: a leading run of capitals becomes small, but for the one that begins the next word.</summary>
    public static string ToCamelCase(string name)
    {
        var characters = name.ToCharArray();
        for (var i = 0; i < characters.Length && char.IsUpper(characters[i]); i++)
        {
            var beginsNextWord = i > 0 && i + 1 < characters.Length && !char.IsUpper(characters[i + 1]);
            if (beginsNextWord)
            {
                break;
            }

            characters[i] = char.ToLowerInvariant(characters[i]);
        }

        return new string(characters);
    }
}
