using System.Text;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>How names are made of others.</summary>
internal static class Names
{
    /// <summary>
    /// <c>PredictPrice</c> and <c>Predict_Price</c> are served as <c>predict-price</c>, and <c>GrößeSchätzen</c> as
    /// <c>größe-schätzen</c>: letters of any script stay, composed.
    /// </summary>
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

        return name.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// The name in JSON as <c>JsonNamingPolicy.CamelCase</c> writes it: a leading run of capitals becomes small, but
    /// for the one that begins the next word.
    /// </summary>
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
