namespace EnvelopeSdk.Benchmarks.Batch;

/// <summary>A way that is a program of its own, and is left out where it cannot be had.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Install">How one gets it.</param>
/// <param name="IsInstalledAsync">Whether it can be had here.</param>
/// <param name="MakeAsync">Makes it, of a directory, the table that is read and the one that is written: what it gives runs it once.</param>
/// <param name="HasSameAnswers">Whether it asks the same model, so that its answers are compared.</param>
internal sealed record Guest(
    string Name,
    string Install,
    Func<Task<bool>> IsInstalledAsync,
    Func<string, string, string, Task<Func<Task<Cost>>>> MakeAsync,
    bool HasSameAnswers);
