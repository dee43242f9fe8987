using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Protocol.Model;

namespace EnvelopeSdk.Tool.Feeds;

/// <summary>
/// One feed, over HTTP or a folder. NuGet retries what fails; what still fails is the feed's <see cref="Problem"/>, and
/// never the same as an answer that it has no such package.
/// </summary>
internal sealed class PackageFeed(PackageSource source)
{
    private readonly SourceRepository _repository = Repository.Factory.GetCoreV3(source);
    private volatile string? _problem;
    private volatile bool _isClosed;

    public string Name => WithoutPassword(source.Name);

    /// <summary>Why it did not answer; null when it always did.</summary>
    public string? Problem => _problem;

    public AskedFeed Asked => new(Name, WithoutPassword(source.Source), _problem);

    /// <summary>Asks once whether the feed is there, so that not every package waits for one that is not.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (source is { IsHttp: true, IsHttps: false, AllowInsecureConnections: false })
        {
            (_problem, _isClosed) = ("It is not encrypted, and allowInsecureConnections is not set.", true);
            return;
        }

        await TryAsync(
            async () =>
            {
                _isClosed = true;
                await PackagesAsync(cancellation);
                _isClosed = source.IsLocal && !Directory.Exists(source.Source)
                    ? throw new DirectoryNotFoundException("There is no such folder.")
                    : false;
                return true;
            },
            cancellation);
    }

    /// <summary>The content hash of a package, as NuGet computes it for <c>packages.lock.json</c>.</summary>
    /// <returns>
    /// Whether the feed answered; and the hash: null when it has no such package, empty when what it has is no package.
    /// </returns>
    public async Task<(bool Answered, string? Hash)> HashAsync(
        PackageIdentity package, SourceCacheContext cache, CancellationToken cancellation)
    {
        var path = Path.Combine(Path.GetTempPath(), $"envelope-{Guid.NewGuid():N}.nupkg");
        await using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        return await TryAsync(
            async () =>
            {
                var packages = await PackagesAsync(cancellation);
                return await packages.CopyNupkgToStreamAsync(
                    package.Id, package.Version, file, cache, NullLogger.Instance, cancellation)
                    ? Hash(file, cancellation)
                    : null;
            },
            cancellation);
    }

    /// <summary>Whether the feed has a package: null when it does not answer.</summary>
    public async Task<bool?> HasAsync(
        PackageIdentity package, SourceCacheContext cache, CancellationToken cancellation)
    {
        var (answered, has) = await TryAsync(
            async () => await (await PackagesAsync(cancellation))
                .DoesPackageExistAsync(package.Id, package.Version, cache, NullLogger.Instance, cancellation),
            cancellation);
        return answered ? has : null;
    }

    /// <summary>What the feed says of a package beside its content; null when it says nothing.</summary>
    public async Task<IPackageSearchMetadata?> DescribeAsync(
        PackageIdentity package, SourceCacheContext cache, CancellationToken cancellation)
    {
        var (_, metadata) = await TryAsync(
            async () => await _repository.GetResourceAsync<PackageMetadataResource>(cancellation) is { } resource
                ? await resource.GetMetadataAsync(package, cache, NullLogger.Instance, cancellation)
                : null,
            cancellation);
        return metadata;
    }

    /// <summary>All vulnerabilities that the feed knows; none when it keeps no list of them.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<PackageVulnerabilityInfo>>>> AuditAsync(
        SourceCacheContext cache, CancellationToken cancellation)
    {
        var (_, result) = await TryAsync(
            async () =>
            {
                var known = await _repository.GetResourceAsync<IVulnerabilityInfoResource>(cancellation) is { } resource
                    ? await resource.GetVulnerabilityInfoAsync(cache, NullLogger.Instance, cancellation)
                    : null;
                return known?.Exceptions is { } failure ? throw failure : known?.KnownVulnerabilities;
            },
            cancellation);
        return result ?? [];
    }

    private async Task<FindPackageByIdResource> PackagesAsync(CancellationToken cancellation) =>
        await _repository.GetResourceAsync<FindPackageByIdResource>(cancellation)
            ?? throw new InvalidDataException("It gives out no packages.");

    private static string Hash(FileStream file, CancellationToken cancellation)
    {
        try
        {
            file.Position = 0;
            using var package = new PackageArchiveReader(file, leaveStreamOpen: true);
            return package.GetContentHash(cancellation);
        }
        catch (Exception failure) when (failure is InvalidDataException or PackagingException)
        {
            return "";
        }
    }

    // NuGet tells trouble with a feed by many kinds of exceptions, those of its parsers and of sockets among them.
    private async Task<(bool Answered, T? Answer)> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return _isClosed ? (false, default) : (true, await ask());
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            _problem ??= Reason(failure);
            return (false, default);
        }
    }

    private string Reason(Exception failure)
    {
        var messages = new List<string>();
        for (var one = failure; one is not null; one = one.InnerException)
        {
            // NuGet names the feed as it was configured.
            messages.Add(one.Message.TrimEnd('.').Replace(source.Source, Asked.Source, StringComparison.Ordinal));
        }

        return string.Join(": ", messages.Distinct()) + ".";
    }

    private static string WithoutPassword(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.ToString()
            : address;
}
