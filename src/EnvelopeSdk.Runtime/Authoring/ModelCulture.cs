using System.Globalization;

namespace EnvelopeSdk.Authoring;

/// <summary>
/// The culture that a model runs in, wherever that is: texts are formatted, parsed and compared alike on each host.
/// </summary>
internal static class ModelCulture
{
    /// <summary>The culture of a name that an envelope records.</summary>
    /// <exception cref="EnvelopeException">This process has no cultures.</exception>
    public static CultureInfo Of(string name)
    {
        // With invariant globalization, each culture may be had and is the invariant one.
        if (name.Length == 0 || !IsInvariantGlobalization())
        {
            return CultureInfo.GetCultureInfo(name);
        }

        throw new EnvelopeException(
            EnvelopeError.Mismatch,
            $"The model answers in the culture '{name}', and this process runs with invariant globalization. Install "
            + "ICU, and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }

    /// <summary>Whether code runs in the culture already: the same one, and nothing of it changed.</summary>
    public static bool IsCurrent(CultureInfo culture) =>
        IsSame(CultureInfo.CurrentCulture, culture) && IsSame(CultureInfo.CurrentUICulture, culture);

    /// <summary>Runs code in a culture.</summary>
    public static T Run<T>(CultureInfo culture, Func<T> code)
    {
        var (before, beforeOfTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            Enter(culture);
            return code();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeOfTexts);
        }
    }

    /// <summary>Runs code in a culture, however often it waits. The caller's culture stays as it is.</summary>
    public static async Task<T> RunAsync<T>(CultureInfo culture, Func<ValueTask<T>> code)
    {
        Enter(culture);
        return await code();
    }

    /// <summary>Runs what follows in a culture, up to the end of the asynchronous method that calls it.</summary>
    public static void Enter(CultureInfo culture)
    {
        if (!IsCurrent(culture))
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        }
    }

    /// <summary>Whether this process has no culture data: German numbers have a decimal comma where it has.</summary>
    public static bool IsInvariantGlobalization()
    {
        try
        {
            return CultureInfo.GetCultureInfo("de-DE").NumberFormat.NumberDecimalSeparator != ",";
        }
        catch (CultureNotFoundException)
        {
            return true;
        }
    }

    private static bool IsSame(CultureInfo one, CultureInfo other) =>
        ReferenceEquals(one, other)
        || (one.Name == other.Name && one.IsReadOnly && !(OperatingSystem.IsWindows() && one.UseUserOverride));
}
