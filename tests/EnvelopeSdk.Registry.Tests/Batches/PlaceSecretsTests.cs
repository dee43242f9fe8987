using EnvelopeSdk.Batches;
using EnvelopeSdk.Registry.Batches;

namespace EnvelopeSdk.Registry.Tests.Batches;

/// <summary>What of a place is a password, which nobody is to see.</summary>
public sealed class PlaceSecretsTests
{
    private static readonly BatchSettings Good = new()
    {
        Envelope = "prices",
        Input = "/data/in.csv",
        Output = "/data/out.csv",
    };

    [Theory]
    [InlineData("postgresql://me:secret@host/db#t", "postgresql://me:...@host/db#t")]
    [InlineData("POSTGRES://:secret@host:5432/db#t", "POSTGRES://:...@host:5432/db#t")]
    [InlineData("postgres://me:12secret@[::1]:5432/db#t", "postgres://me:...@[::1]:5432/db#t")]
    [InlineData("postgres://me:s/ec#r@et@host/db#t", "postgres://me:...@host/db#t")]
    [InlineData("postgres://host/db?Password=secret&port=1#t", "postgres://host/db?Password=...&port=1#t")]
    [InlineData("postgres://host/db?a=b&sslpassword=secret", "postgres://host/db?a=b&sslpassword=...")]
    [InlineData(
        "SELECT * FROM postgres_scan('postgres://me:secret@host/db', 'public', 't') WHERE a = '@'",
        "SELECT * FROM postgres_scan('postgres://me:...@host/db', 'public', 't') WHERE a = '@'")]
    public void A_password_in_a_place_is_refused_and_not_said_again(string place, string masked)
    {
        foreach (var settings in (BatchSettings[])[
            Good with { Input = place }, Good with { Output = place }, Good with { Quarantine = place },
            Good with { Log = place }])
        {
            var failure = Assert.Throws<EnvelopeException>(() => BatchCheck.Run(settings));
            Assert.Contains($"'{masked}' has a password", failure.Message, StringComparison.Ordinal);
            Assert.Contains("PGPASSWORD", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("postgresql://me@host:5432/db#t")]
    [InlineData("postgresql://host:5432/db?application_name=a@b#t")]
    [InlineData("postgresql://h1:5432,h2:5432/db#t")]
    [InlineData("postgresql://[::1]:5432/db#SELECT a::int FROM t WHERE b LIKE '%@%'")]
    [InlineData("postgresql://host:5432/db#SELECT 'me:secret@host'")]
    [InlineData("SELECT * FROM 'a.csv' WHERE x = 'me:secret@host'")]
    public void What_is_no_password_is_taken(string input) => BatchCheck.Run(Good with { Input = input });
}
