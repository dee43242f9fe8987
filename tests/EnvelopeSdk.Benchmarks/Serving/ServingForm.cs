namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>What a program is compiled to.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Title">What the tables call it.</param>
internal sealed record ServingForm(string Name, string Title)
{
    public static ServingForm Jit { get; } = new("jit", "JIT");

    public static ServingForm Native { get; } = new("aot", "AOT");

    public static IReadOnlyList<ServingForm> All { get; } = [Jit, Native];
}
