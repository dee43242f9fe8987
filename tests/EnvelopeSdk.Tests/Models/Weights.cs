using System.Runtime.InteropServices;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Tests.Models;

[assembly: ArtifactCodec(typeof(Weights), typeof(WeightsCodec))]

namespace EnvelopeSdk.Tests.Models;

/// <summary>State that is stored by a codec, as a framework's models are.</summary>
public sealed class Weights(float[] values)
{
    public IReadOnlyList<float> Values => values;

    internal ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes<float>(values);
}

public sealed class WeightsCodec : IArtifactCodec<Weights>
{
    public string Id => "envelopesdk.tests.weights";

    public int Version => 1;

    public async ValueTask SaveAsync(Weights value, ArtifactWriter files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        await files.AddAsync("values.bin", stream => stream.WriteAsync(value.Bytes.ToArray(), cancellationToken), cancellationToken);
    }

    public async ValueTask<Weights> LoadAsync(ArtifactReader files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        await using var source = await files.OpenAsync("values.bin", cancellationToken);
        var bytes = new byte[source.Length];
        await source.ReadExactlyAsync(bytes, cancellationToken);
        return new Weights(MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }
}
