using System.Text.RegularExpressions;
using EnvelopeSdk.Authoring;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Arrays;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Capture;

/// <summary>Puts a model's state into an envelope, and keeps how each piece of it is stored.</summary>
internal sealed class PackedState(EnvelopePacker packer) : StateWriter
{
    private readonly List<StateRecord> _stored = [];
    private readonly Dictionary<string, StoredArrays> _arrays = [];

    /// <summary>What was written, in its order.</summary>
    public IReadOnlyList<StateRecord> Stored => _stored;

    /// <summary>The arrays that were written in binary form, by the parameter of the constructor.</summary>
    public IReadOnlyDictionary<string, StoredArrays> Arrays => _arrays;

    public override async ValueTask WriteAsync<T>(
        string name, T value, IArtifactCodec<T> codec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (value is null)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model's state '{name}' is null and cannot be stored. Pass a trained value to the constructor.");
        }

        var files = new PackedArtifact(packer, name);
        await codec.SaveAsync(value, files, cancellationToken);
        _stored.Add(new StateRecord(name, codec.Id, codec.Version, [.. files.Names.Order(StringComparer.Ordinal)]));
    }

    public override async ValueTask WriteJsonAsync(
        string name, Action<JsonOutput> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var arrays = new StoredArrays();
        var output = new JsonOutput { Arrays = arrays };
        try
        {
            write(output);
        }
        catch (ModelAnswerException unwritable)
        {
            throw new EnvelopeException(
                EnvelopeError.Invalid,
                $"The model's state '{name}' cannot be stored: at '{output.Place}' it holds a null where its type "
                + "allows none, an enum value without a name, a number that is not finite, or more JSON than 2 GB. "
                + "Pass a trained value to the constructor.",
                unwritable);
        }

        await packer.AddAsync(
            StatePath.Of(name, StatePath.JsonFile), ModelPackMediaTypes.WeightConfig, output.Written,
            cancellationToken);
        if (arrays.Arrays.Count > 0)
        {
            await packer.AddAsync(
                StatePath.Of(name, StatePath.ArraysFile), ModelPackMediaTypes.Weight,
                stream => arrays.WriteAsync(stream, output.Written, name, cancellationToken), cancellationToken);
            _arrays.Add(name, arrays);
        }

        _stored.Add(new StateRecord(
            name, StatePath.JsonCodec, StatePath.JsonVersion,
            arrays.Arrays.Count > 0 ? [StatePath.ArraysFile, StatePath.JsonFile] : [StatePath.JsonFile]));
    }
}

/// <summary>Puts the files of one piece of state into an envelope.</summary>
internal sealed partial class PackedArtifact(EnvelopePacker packer, string state) : ArtifactWriter
{
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    public override async ValueTask AddAsync(
        string name, Func<Stream, ValueTask> write, CancellationToken cancellationToken)
    {
        await packer.AddAsync(PathOf(name), ModelPackMediaTypes.Weight, write, cancellationToken);
        _names.Add(name);
    }

    public override async ValueTask AddFileAsync(string name, string path, CancellationToken cancellationToken)
    {
        await packer.AddFileAsync(PathOf(name), ModelPackMediaTypes.Weight, path, cancellationToken);
        _names.Add(name);
    }

    private string PathOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Form().IsMatch(name) ? StatePath.Of(state, name) : throw new EnvelopeException(
            EnvelopeError.Invalid,
            $"'{name}' is no name for a file of the state '{state}'. Use letters, digits, '.', '-' and '_', a letter "
            + "or digit first.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*\\z")]
    private static partial Regex Form();
}
