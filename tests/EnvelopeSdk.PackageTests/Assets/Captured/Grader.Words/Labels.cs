using System.Globalization;
using System.Resources;

namespace Grader_.Words;

public static class Labels
{
    private static readonly ResourceManager Texts = new("Grader_.Words.Texts", typeof(Labels).Assembly);

    public static string Of(string key, string language) => Texts.GetString(key, CultureInfo.GetCultureInfo(language))!;
}
