using System.Text;
using EnvelopeSdk.Capture;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Tests.Capture;

public sealed class ProgramFolderTests : IDisposable
{
    private const string Deps = """
        {
          "targets": {
            ".NETCoreApp,Version=v10.0": {
              "Train/1.0.0": { "dependencies": { "Some": "1.0.0" }, "runtime": { "Train.dll": {} } },
              "Some/1.0.0": {
                "runtime": { "lib/net10.0/Some.dll": { "assemblyVersion": "1.0.0.0" } },
                "resources": { "lib/net10.0/de/Some.resources.dll": { "locale": "de" } },
                "native": { "runtimes/linux-x64/native/libflat.so": {} },
                "runtimeTargets": { "runtimes/linux-x64/native/libsome.so": { "rid": "linux-x64", "assetType": "native" } }
              }
            }
          }
        }
        """;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Train.dll"), InlineData("Some.dll"), InlineData("de/Some.resources.dll"), InlineData("libflat.so"), InlineData("runtimes/linux-x64/native/libsome.so")]
    [InlineData("xunit.runner.visualstudio.testadapter.dll"), InlineData("testhost.dll")]
    [InlineData("data.csv"), InlineData("Train.runtimeconfig.json"), InlineData("publish/Other.dll"), InlineData("ref/Train2.dll")]
    public void What_packages_bring_or_the_program_lists_or_is_no_library_is_not_loose(string path) =>
        Assert.Empty(Loose(path));

    [Theory]
    [InlineData("Plugin.dll"), InlineData("libscore.so"), InlineData("libscore.so.1"), InlineData("libscore.dylib")]
    [InlineData("plugins/Rules.dll"), InlineData("fr/Some.resources.dll"), InlineData("runtimes/linux-x64/native/libother.so")]
    public void A_library_that_nothing_lists_is(string path) =>
        Assert.Equal([path], Loose(path));

    [Fact]
    public void A_folder_with_another_program_in_it_is_passed_over()
    {
        Write("tool/Tool.dll");
        Write("tool/Tool.runtimeconfig.json");

        Assert.Empty(Loose("Train.dll"));
    }

    [Fact]
    public async Task Folders_that_come_and_go_beside_the_program_are_no_matter()
    {
        using var isDone = new CancellationTokenSource();
        var others = Task.Run(() =>
        {
            while (!isDone.IsCancellationRequested)
            {
                for (var i = 0; i < 50; i++)
                {
                    Directory.CreateDirectory(Path.Combine(_directory.FullPath, $"work{i}", "parts"));
                }

                for (var i = 0; i < 50; i++)
                {
                    Directory.Delete(Path.Combine(_directory.FullPath, $"work{i}"), recursive: true);
                }
            }
        });

        for (var i = 0; i < 2000; i++) // a listing that minds them fails within 800
        {
            Assert.Equal(["Plugin.dll"], Loose("Plugin.dll"));
        }

        await isDone.CancelAsync();
        await others;
    }

    [Fact]
    public void A_folder_without_a_list_says_nothing()
    {
        Write("Plugin.dll");

        Assert.Null(ProgramFolder.Open(_directory.FullPath));
    }

    [Fact]
    public void Satellites_of_an_assembly_are_found_in_the_folders_of_their_languages()
    {
        Write("de/Train.resources.dll");
        Write("zh-Hans/Train.resources.dll");
        Write("de/Other.resources.dll");

        Assert.Equal(["de/Train.resources.dll", "zh-Hans/Train.resources.dll"], ProgramFolder.Satellites(_directory.FullPath, "Train"));
    }

    private IEnumerable<string> Loose(string path)
    {
        Write(path);
        File.WriteAllText(Path.Combine(_directory.FullPath, "Train.deps.json"), Deps);
        return ProgramFolder.Open(_directory.FullPath)!.Loose();
    }

    private void Write(string path)
    {
        var file = Path.Combine(_directory.FullPath, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes("code"));
    }
}
