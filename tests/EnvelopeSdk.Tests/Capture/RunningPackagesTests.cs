using EnvelopeSdk.Capture;
using EnvelopeSdk.Envelopes;

namespace EnvelopeSdk.Tests.Capture;

public sealed class RunningPackagesTests
{
    private const string Deps =
        """
        {
          "libraries": {
            "Program/1.0.0": { "type": "project" },
            "Some.Package/2.0.0": { "type": "package" },
            "Other.Package/1.5.0": { "type": "package" }
          }
        }
        """;

    [Fact]
    public void A_package_that_runs_in_another_version_than_the_library_was_built_with_is_refused()
    {
        var failure = Assert.Throws<EnvelopeException>(() => RunningPackages.Check(Lock("1.0.0"), "Library", RunningPackages.Versions([Deps])));

        Assert.Equal(EnvelopeError.Invalid, failure.Error);
        Assert.Contains("Reference Some.Package 2.0.0 in the project of 'Library' too", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_versions_are_accepted() => RunningPackages.Check(Lock("2.0.0"), "Library", RunningPackages.Versions([Deps]));

    [Fact]
    public void A_package_that_brings_no_code_to_run_is_not_compared() => RunningPackages.Check(Lock("1.0.0"), "Library", []);

    private static PackageLock Lock(string version) => new()
    {
        Sdk = "10.0.100",
        TargetFramework = "net10.0",
        Packages = [new LockedPackage("Some.Package", version, "", Direct: true)],
        Platform = [],
        Frameworks = [],
        Assemblies = [],
    };
}
