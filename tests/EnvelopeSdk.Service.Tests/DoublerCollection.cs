namespace EnvelopeSdk.Service.Tests;

/// <summary>The gate of the doubler is static, so tests that use it run one after the other.</summary>
[CollectionDefinition(nameof(Doubler), DisableParallelization = true)]
public sealed class DoublerCollection;
