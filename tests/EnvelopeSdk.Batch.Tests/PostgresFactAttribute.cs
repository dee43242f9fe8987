using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Batch.Tests;

/// <summary>A test with a real PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhySkipped;
}
