namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>A kind of request.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Title">What the tables call it.</param>
/// <param name="Route">Where it is posted.</param>
/// <param name="Aim">How many times as many requests a second the service is to answer.</param>
/// <param name="NativeAim">The same for native code against the hand-written program that the JIT compiles.</param>
/// <param name="Body">Makes the body.</param>
internal sealed record ServingWork(
    string Name, string Title, string Route, double Aim, double? NativeAim, Func<Random, object> Body)
{
    public static ServingWork Row { get; } =
        new("row", "one row of 4 floats", "price", 1.5, 1.4, ServingBodies.Stone);

    public static ServingWork Rows { get; } =
        new("rows", "1,000 rows of 4 floats", "price/batch", 4.5, 6, ServingBodies.Stones);

    public static IReadOnlyList<ServingWork> All { get; } =
    [
        Row, Rows,
        new("image", "150,528 floats (`float[]`)", "image", 5, null, ServingBodies.Image),
        new("tensor", "150,528 floats (`float[,,]`)", "tensor", 5, null, ServingBodies.Tensor),
        new("mixed", "1,000 rows of 10 kinds", "trip/batch", 2.5, null, ServingBodies.Trips),
        new("nested", "100 nested rows", "order/batch", 2.5, null, ServingBodies.Orders),
    ];

    /// <summary>Where the bytes that are posted are.</summary>
    public string BodyFile(string directory) => Path.Combine(directory, "bodies", Name + ".json");

    public async Task WriteBodyAsync(string directory)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(BodyFile(directory))!);
        await File.WriteAllBytesAsync(BodyFile(directory), ServingBodies.Write(Body));
    }
}
