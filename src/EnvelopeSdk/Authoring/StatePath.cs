namespace EnvelopeSdk.Authoring;

/// <summary>Where the value of a constructor parameter lies in an envelope.</summary>
internal static class StatePath
{
    public static string Of(string name, string extension) => $"state/{name}{extension}";
}
