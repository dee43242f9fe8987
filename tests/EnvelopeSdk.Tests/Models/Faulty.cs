using EnvelopeSdk.Authoring;
using EnvelopeSdk.Tests.Models;

[assembly: ArtifactCodec(typeof(Torn), typeof(TornCodec))]

namespace EnvelopeSdk.Tests.Models;

/// <summary>A model whose state is written by a codec that cannot read it.</summary>
[EnvelopeModel("faulty")]
public sealed partial class Faulty(Torn torn)
{
    [Predict]
    public bool IsThere() => torn is not null;
}

public sealed class Torn;

public sealed class TornCodec : IArtifactCodec<Torn>
{
    public string Id => "envelopesdk.tests.torn";

    public int Version => 1;

    public ValueTask SaveAsync(Torn value, ArtifactWriter files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.AddAsync("torn.bin", stream => stream.WriteAsync(new byte[1], cancellationToken), cancellationToken);
    }

    public ValueTask<Torn> LoadAsync(ArtifactReader files, CancellationToken cancellationToken) => throw new InvalidDataException("the end is missing");
}

/// <summary>A model that counts how often one of it was disposed.</summary>
[EnvelopeModel("disposed")]
public sealed partial class Disposed(int value) : IDisposable
{
    public static int Count { get; set; }

    [Predict]
    public int Value() => value;

    public void Dispose() => Count++;
}
