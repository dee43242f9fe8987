using System.Reflection;

namespace EnvelopeSdk.Service;

/// <summary>The assembly whose service this is.</summary>
internal sealed record EnvelopeProgram(Assembly Assembly);

/// <summary>
/// A start that fails for a reason with a cure: the program says it in a line and ends with exit code 1, since the
/// stack of an exception would hide it.
/// </summary>
internal static class FailedStart
{
    /// <summary>
    /// Does a step of the start. Where the service is hosted by another program, such as a test, the exception is that
    /// program's.
    /// </summary>
    public static T Guard<T>(Assembly service, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (EnvelopeException failure) when (service == Assembly.GetEntryAssembly())
        {
            Console.Error.WriteLine($"The service does not start: {failure.Message}");
            Environment.Exit(1);
            throw;
        }
    }
}
