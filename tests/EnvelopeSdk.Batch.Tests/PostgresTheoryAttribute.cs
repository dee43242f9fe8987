using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>Tests with a real PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.WhySkipped;
}
