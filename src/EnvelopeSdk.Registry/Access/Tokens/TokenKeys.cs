using System.Security.Cryptography;
using EnvelopeSdk.Registry.Records;
using Microsoft.IdentityModel.Tokens;

namespace EnvelopeSdk.Registry.Access.Tokens;

/// <summary>The secret that tokens are signed with: one for all instances, made by the first that needs it.</summary>
internal sealed class TokenKeys(RecordsDatabase database)
{
    private const string Kind = "token";
    private const int Bytes = 32;

    private volatile SymmetricSecurityKey? _key;

    public async Task<SymmetricSecurityKey> GetAsync(CancellationToken cancellationToken) =>
        _key ??= await ReadAsync(cancellationToken) ?? await MakeAsync(cancellationToken);

    private async Task<SymmetricSecurityKey?> ReadAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            "select value from signing_key where kind = @0",
            row => new SymmetricSecurityKey(Convert.FromHexString(row.GetString(0))), cancellationToken, Kind))
            .SingleOrDefault();

    private async Task<SymmetricSecurityKey> MakeAsync(CancellationToken cancellationToken)
    {
        var value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        await database.WriteAsync(
            async statements =>
            {
                await statements.RunAsync(
                    "insert into signing_key (kind, value) values (@0, @1) on conflict do nothing", cancellationToken,
                    Kind, value);
                return true;
            },
            cancellationToken);
        return (await ReadAsync(cancellationToken))!; // another instance may have been faster
    }
}
