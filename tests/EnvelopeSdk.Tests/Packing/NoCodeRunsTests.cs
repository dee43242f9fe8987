using System.Reflection;
using Basic.Reference.Assemblies;
using EnvelopeSdk.Packing;
using EnvelopeSdk.Queries;
using EnvelopeSdk.Tests.Distribution;
using EnvelopeSdk.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnvelopeSdk.Tests.Packing;

/// <summary>The code of an envelope runs in a service alone.</summary>
public sealed class NoCodeRunsTests : IDisposable
{
    private readonly TempStore _store = new();
    private readonly TempStore _target = new();
    private readonly StandInRegistry _registry = new();

    public void Dispose()
    {
        _store.Dispose();
        _target.Dispose();
        _registry.Dispose();
    }

    [Fact]
    public async Task Whatever_is_done_with_an_envelope_none_of_its_code_runs()
    {
        var trace = _target.At("ran");
        var assembly = Compile(trace);
        var envelope = (await CraftedEnvelope.OfAsync(_store)).WithFile("code/EnvelopeSdk.Tests.dll", assembly);
        var path = await envelope.ToArchiveAsync(_target.At("code.envelope"));

        var (opened, journal) = await EnvelopeResolver.OpenAsync(path, _target.Store);
        await opened.VerifyAsync();
        await opened.ReadExamplesAsync();
        var reference = await EnvelopeArchive.ImportAsync(path, _target.Store);
        Assert.Single(await _target.Store.QueryAsync(new EnvelopeQuery()).ToListAsync());
        Assert.Single(await _target.Store.ListNewestAsync().ToListAsync());
        Assert.Empty(await _target.Store.ExamineAsync(mend: false, restore: false).ToListAsync());
        await _target.PushAsync(reference, _registry.Address);
        await _store.PullAsync(_registry.Address);
        await opened.UnpackAsync(_target.At("unpacked"));
        await EnvelopeArchive.ExportAsync(opened, journal, _target.At("again.envelope"));

        Assert.False(File.Exists(trace));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), one => one.GetName().Name == "LeavesATrace");

        // It would have left one.
        _ = Activator.CreateInstance(Assembly.Load(assembly).GetType("Any")!);
        Assert.True(File.Exists(trace));
    }

    private static byte[] Compile(string trace)
    {
        var source = $$"""
            public class Any;
            static class Initializer
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Run() => System.IO.File.WriteAllText("{{trace}}", "");
            }
            """;
        var compilation = CSharpCompilation.Create(
            "LeavesATrace", [CSharpSyntaxTree.ParseText(source)], Net100.References.All, new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return image.ToArray();
    }
}
