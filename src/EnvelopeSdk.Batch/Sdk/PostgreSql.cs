// Lets a job read and write databases of PostgreSQL.
#nullable enable

namespace EnvelopeSdk.Batch.Sdk;

internal static class PostgreSqlProvider
{
    [global::System.Runtime.CompilerServices.ModuleInitializer]
    internal static void Register() => global::System.Data.Common.DbProviderFactories.RegisterFactory(
        "Npgsql", global::Npgsql.NpgsqlFactory.Instance);
}
