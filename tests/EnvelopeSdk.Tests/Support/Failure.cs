namespace EnvelopeSdk.Tests.Support;

internal static class Failure
{
    /// <summary>Expects an <see cref="EnvelopeException"/> of a kind, whose message names what it must name.</summary>
    public static async Task<EnvelopeException> OfAsync(EnvelopeError error, Func<Task> action, params string[] named)
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(action);
        Assert.Equal(error, failure.Error);
        Assert.All(named, name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
        return failure;
    }
}
