using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Registry.Stores;

/// <summary>
/// Content that is being sent. What has come of it is kept, so that an upload goes on after a restart.
/// </summary>
internal interface IUploads
{
    Task<IUpload> BeginAsync(CancellationToken cancellationToken);

    /// <returns>Null when there is no such upload: it ended, or nothing came for a day.</returns>
    Task<IUpload?> FindAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>An upload that is under way. One request writes at a time, and the last that came.</summary>
internal interface IUpload
{
    Guid Id { get; }

    /// <summary>How many bytes have come.</summary>
    /// <exception cref="Distribution.RefusedException">The upload has ended.</exception>
    Task<long> LengthAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes the upload over from a request that is writing. Its connection may be broken, and nobody noticed yet.
    /// </summary>
    /// <returns>Lets the upload go when disposed.</returns>
    /// <exception cref="Distribution.RefusedException">
    /// The upload has ended, or a later request took it over.
    /// </exception>
    Task<IUploadWriter> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>Waits a moment for who is writing, so that the length is the one that stays.</summary>
    Task SettleAsync(CancellationToken cancellationToken);
}

/// <summary>The one request that writes an upload.</summary>
internal interface IUploadWriter : IDisposable
{
    /// <summary>Adds what comes. What came before a connection broke stays.</summary>
    /// <param name="start">How many bytes are before it, as was known when it was looked whether it follows them.</param>
    /// <param name="body">What comes.</param>
    /// <exception cref="Distribution.RefusedException">A later request goes on with the upload.</exception>
    Task AppendAsync(long start, Stream body);

    /// <summary>Puts what came where it is not lost.</summary>
    /// <returns>Its digest.</returns>
    /// <exception cref="Distribution.RefusedException">A later request goes on with the upload.</exception>
    Task<Digest> DigestAsync();

    /// <summary>Makes what came content of a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="digest">What <see cref="DigestAsync"/> said.</param>
    /// <exception cref="Distribution.RefusedException">A later request goes on with the upload.</exception>
    Task CompleteAsync(string repository, Digest digest);

    /// <summary>Ends the upload, and removes what has come of it.</summary>
    Task EndAsync();
}
