using System.Runtime.Loader;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

public sealed class LoadedElsewhereTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly TempStore _store = new();

    public void Dispose()
    {
        _directory.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void What_comes_with_the_program_the_run_time_or_the_system_is_known()
    {
        var directory = AppContext.BaseDirectory;

        Assert.True(LoadedElsewhere.IsKnown(typeof(object).Assembly.Location, directory));
        Assert.True(LoadedElsewhere.IsKnown(typeof(LoadedElsewhereTests).Assembly.Location, directory));
        Assert.True(LoadedElsewhere.IsKnown("/elsewhere/xunit.runner.visualstudio.testadapter.dll", directory));
        Assert.False(LoadedElsewhere.IsKnown(Path.Combine(_directory.FullPath, "Plugin.dll"), directory));
        Assert.False(LoadedElsewhere.IsKnown(Path.TrimEndingDirectorySeparator(directory) + "2/Plugin.dll", directory));
    }

    [Fact]
    public async Task A_program_that_loaded_an_assembly_from_elsewhere_is_warned_of_it_by_its_path()
    {
        var none = new List<string>();
        await _store.SaveAsync(info: new EnvelopeInfo { OnWarning = none.Add });
        var plugin = _directory.At("Late.dll");
        await File.WriteAllBytesAsync(plugin, new CompiledSample("/late/").Compile());
        new AssemblyLoadContext("late").LoadFromAssemblyPath(plugin);
        var warnings = new List<string>();
        await _store.SaveAsync(info: new EnvelopeInfo { OnWarning = warnings.Add });

        Assert.DoesNotContain(none, warning => warning.Contains(plugin, StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains($"'{plugin}'", StringComparison.Ordinal) && warning.Contains("CopyToOutputDirectory", StringComparison.Ordinal));
    }
}
