namespace EnvelopeSdk.PackageTests;

/// <summary>
/// A model in a class library that uses another one, trained by a program of its own. Its queries use every kind of type
/// that can be served.
/// </summary>
internal static class Loans
{
    /// <summary>Trains and saves it.</summary>
    /// <returns>What the reloaded model answered for the first example.</returns>
    public static async Task<string> TrainAsync(Products products)
    {
        var loans = CopiedAssets.Copy(products, "Loans");
        return (await products.RunAsync(Path.Combine(loans, "Loans.Train"), "dotnet", "run")).Trim();
    }
}
