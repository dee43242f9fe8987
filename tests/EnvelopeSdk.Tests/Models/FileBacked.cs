using EnvelopeSdk.Authoring;
using EnvelopeSdk.Tests.Models;

[assembly: ArtifactCodec(typeof(BigFile), typeof(BigFileCodec))]

namespace EnvelopeSdk.Tests.Models;

/// <summary>State that lies in a file, as what is too large for memory does.</summary>
public sealed record BigFile(string Path);

public sealed class BigFileCodec : IArtifactCodec<BigFile>
{
    public string Id => "envelopesdk.tests.bigfile";

    public int Version => 1;

    public async ValueTask SaveAsync(BigFile value, ArtifactWriter files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(files);
        await files.AddFileAsync("index.bin", value.Path, cancellationToken);
    }

    public async ValueTask<BigFile> LoadAsync(ArtifactReader files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new BigFile((await files.FindPathAsync("index.bin", cancellationToken))!);
    }
}

/// <summary>Answers from a file that is never read whole.</summary>
[EnvelopeModel("file-backed")]
public sealed partial class FileBacked(BigFile index)
{
    internal string Path => index.Path;

    [Predict]
    public int At(int place)
    {
        using var file = File.OpenRead(index.Path);
        file.Position = place;
        return file.ReadByte();
    }
}
