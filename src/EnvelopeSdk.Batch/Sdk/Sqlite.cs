// Lets a job read and write databases of SQLite.
#nullable enable

namespace EnvelopeSdk.Batch.Sdk;

internal static class SqliteProvider
{
    [global::System.Runtime.CompilerServices.ModuleInitializer]
    internal static void Register() => global::System.Data.Common.DbProviderFactories.RegisterFactory(
        "Microsoft.Data.Sqlite", global::Microsoft.Data.Sqlite.SqliteFactory.Instance);
}
