using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Generators.Tests.Harness;

namespace EnvelopeSdk.Generators.Tests;

/// <summary>A codec stores a piece of state in files of its own; the training project and the service read them alike.</summary>
public class CodecTests
{
    /// <summary>Writes a file for each name, and reads what it finds. Its id and version can be changed between.</summary>
    private const string Source =
        """
        using System.IO; using System.IO.MemoryMappedFiles; using System.Linq; using System.Text; using System.Threading;
        using System.Threading.Tasks; using EnvelopeSdk.Authoring;
        [assembly: ArtifactCodec(typeof(Parts), typeof(PartsCodec))]
        public sealed record Parts(params string[] Names) { public string Read { get; init; } = ""; }
        public sealed class PartsCodec : IArtifactCodec<Parts>
        {
            public static string CurrentId = "tests.parts";
            public static int CurrentVersion = 3;
            public string Id => CurrentId;
            public int Version => CurrentVersion;
            public async ValueTask SaveAsync(Parts value, ArtifactWriter files, CancellationToken token)
            {
                foreach (var name in value.Names)
                {
                    await files.AddAsync(name, stream => stream.WriteAsync(Encoding.UTF8.GetBytes("in " + name), token), token);
                }
            }
            public async ValueTask<Parts> LoadAsync(ArtifactReader files, CancellationToken token)
            {
                var read = $"version {files.Version}";
                foreach (var name in files.Names)
                {
                    using var text = new StreamReader(await files.OpenAsync(name, token));
                    var path = await files.FindPathAsync(name, token);
                    using var map = MemoryMappedFile.CreateFromFile(path!, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
                    using var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
                    read += $"; {name}: {await text.ReadToEndAsync(token)}, mapped {(char)view.ReadByte(0)}{(char)view.ReadByte(3)}";
                }
                return new Parts([.. files.Names]) { Read = read };
            }
        }
        [EnvelopeModel("test")] public partial class Model(Parts parts)
        {
            public static Model Of(string[] names) => new(new Parts(names));
            [Predict] public string Predict() => parts.Read;
        }
        """;

    private readonly CompiledModel _model = CompiledModel.Of(Source);

    [Theory]
    [InlineData("\"version 3; a.bin: in a.bin, mapped ia\"", "a.bin")]
    [InlineData("\"version 3; B: in B, mapped iB; a: in a, mapped ia; b-1_x.bin: in b-1_x.bin, mapped ib\"",
        "b-1_x.bin", "a", "B")]
    [InlineData("\"version 3\"")]
    public async Task A_codec_finds_each_of_its_files_again_sorted_and_on_a_path_that_can_be_mapped(
        string answer, params string[] names)
    {
        var content = await _model.SaveAsync(Train(names));
        var service = CompiledService.Of(_model);

        Assert.Equal(answer, service.Answer(await service.LoadAsync(content), "predict", "{}"));
        Assert.Equal(answer, service.Answer(await _model.LoadAsync(content), "predict", "{}"));
        Assert.Equal(
            names.Order(StringComparer.Ordinal).Select(name => $"state/parts/{name}"),
            content.Files.Select(file => file.Path).Where(path => path.StartsWith("state/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_an_older_version_of_the_codec_wrote_is_read_and_says_its_version()
    {
        Set("CurrentVersion", 2);
        var content = await _model.SaveAsync(Train("a.bin"));
        Set("CurrentVersion", 5);
        var service = CompiledService.Of(_model);

        var answer = service.Answer(await service.LoadAsync(content), "predict", "{}");

        Assert.StartsWith("\"version 2;", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_newer_version_of_the_codec_wrote_is_refused_with_both_versions()
    {
        Set("CurrentVersion", 7);
        var content = await _model.SaveAsync(Train("a.bin"));
        Set("CurrentVersion", 6);

        await AssertMismatchAsync(content, "'parts'", "'tests.parts'", "version 7", "version 6");
    }

    [Fact]
    public async Task What_another_codec_wrote_is_refused_with_both_ids()
    {
        Set("CurrentId", "tests.before");
        var content = await _model.SaveAsync(Train("a.bin"));
        Set("CurrentId", "tests.after");

        await AssertMismatchAsync(content, "'parts'", "'tests.before'", "'tests.after'");
    }

    [Fact]
    public async Task A_name_is_given_to_one_file_alone()
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => _model.SaveAsync(Train("a.bin", "b.bin", "a.bin")));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains("a.bin", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("-option")]
    [InlineData("_x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("../escape")]
    [InlineData("/root")]
    [InlineData("C:x")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("größe")]
    public async Task A_name_of_another_form_is_refused(string name)
    {
        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => _model.SaveAsync(Train(name)));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains($"'{name}' is no name for a file of the state 'parts'", failure.Message, StringComparison.Ordinal);
    }

    private async Task AssertMismatchAsync(EnvelopeContent content, params string[] named)
    {
        var service = CompiledService.Of(_model);
        foreach (var load in new Func<EnvelopeContent, Task<object>>[] { service.LoadAsync, _model.LoadAsync })
        {
            var failure = await Assert.ThrowsAsync<EnvelopeException>(() => load(content));
            Assert.Equal(EnvelopeError.Mismatch, failure.Error);
            Assert.All(named, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
        }
    }

    private object Train(params string[] names) => _model.Type.GetMethod("Of")!.Invoke(null, [names])!;

    private void Set(string field, object value) => _model.TypeOf("PartsCodec").GetField(field)!.SetValue(null, value);
}
