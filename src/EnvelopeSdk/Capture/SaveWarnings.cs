namespace EnvelopeSdk.Capture;

/// <summary>
/// Tells a data scientist what is likely to be a mistake, and does not keep a model from being saved.
/// </summary>
/// <param name="tell">Is told; the standard error if absent.</param>
internal sealed class SaveWarnings(Action<string>? tell)
{
    public void Add(string message) => (tell ?? Write)(message);

    private static void Write(string message) => Console.Error.WriteLine("warning: " + message);
}
