namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>A program that is measured.</summary>
/// <param name="Title">What the tables call it.</param>
/// <param name="Project">Its project, which is a folder of the workshop.</param>
internal sealed record Contestant(string Title, string Project)
{
    /// <summary>What the template makes of the saved model.</summary>
    public static Contestant Service { get; } = new("service", "Measured.Service");

    /// <summary>What a good engineer writes for the same model.</summary>
    public static Contestant Peer { get; } = new("hand-written", "EnvelopeSdk.Benchmarks.Serving.Peer");

    /// <summary>A server that reads as many bytes and answers as many, and does nothing in between.</summary>
    public static Contestant Ceiling { get; } = new("ceiling", "EnvelopeSdk.Benchmarks.Serving.Ceiling");

    public static Contestant FastApi { get; } = new("FastAPI", "");
}
