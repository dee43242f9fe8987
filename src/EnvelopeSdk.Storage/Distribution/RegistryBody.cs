namespace EnvelopeSdk.Distribution;

/// <summary>Reads small answers whole, and none that is not small.</summary>
internal static class RegistryBody
{
    /// <returns>Null when it is larger than the limit, or breaks off.</returns>
    public static async Task<byte[]?> TryReadAsync(
        HttpResponseMessage answer, int limit, TimeSpan idleTimeout, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await TryReadAsync(body, limit, idleTimeout, cancellationToken);
        }
        catch (Exception failure) when (RegistryChannel.IsTransient(failure, cancellationToken))
        {
            return null;
        }
    }

    /// <returns>Null when it is larger than the limit.</returns>
    /// <exception cref="OperationCanceledException">Nothing came for too long.</exception>
    public static async Task<byte[]?> TryReadAsync(
        Stream body, int limit, TimeSpan idleTimeout, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(idleTimeout);
        using var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, idle.Token)) > 0)
        {
            idle.CancelAfter(idleTimeout);
            text.Write(buffer, 0, read);
            if (text.Length > limit)
            {
                return null;
            }
        }

        return text.ToArray();
    }
}
