using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace EnvelopeSdk.Registry.Access.Keys;

/// <summary>
/// What a browser keeps that was signed in with a key: the key's id, which the registry alone can write. The key has to
/// be valid still, each time.
/// </summary>
internal sealed class KeySession(IDataProtectionProvider protection, KeyStore keys)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("EnvelopeSdk.Registry.Session").ToTimeLimitedDataProtector();

    /// <summary>Signs the browser in that sent a key.</summary>
    public void Begin(HttpContext context, AccessKey key) => context.Response.Cookies.Append(
        CookieOf(context.Request), _protector.Protect(key.Id, Longest), SignIn.CookieOptions(context.Request, Longest));

    /// <summary>Whether the browser says that it was signed in.</summary>
    public static bool IsSent(HttpRequest request) => request.Cookies.ContainsKey(CookieOf(request));

    public async Task<AccessKey?> FindAsync(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(CookieOf(request), out var cookie))
        {
            return null;
        }

        try
        {
            if (await keys.FindByIdAsync(_protector.Unprotect(cookie), request.HttpContext.RequestAborted) is { } key)
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // It is of another registry at this address, or too old.
        }

        End(request.HttpContext);
        return null;
    }

    /// <summary>Signs the browser out.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieOf(context.Request));

    private static string CookieOf(HttpRequest request) => $"envelope-registry-key-{request.Host.Port ?? 0}";
}
