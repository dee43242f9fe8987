using System.Security.Cryptography;
using System.Text;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>Names that every kind of object takes, and every label.</summary>
internal static class ObjectName
{
    /// <summary>The most characters of a service's name and of a label's value (RFC 1035).</summary>
    public const int Longest = 63;

    private const int HashLength = 8;

    /// <summary>A name as it is, if it can be one; else its letters and digits with a hash of it.</summary>
    public static string Of(string name)
    {
        var body = name.Replace('.', '-').Replace('_', '-');
        if (!char.IsAsciiLetter(body[0]))
        {
            body = "n" + body;
        }

        if (body == name && name.Length <= Longest)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return body[..Math.Min(body.Length, Longest - HashLength - 1)] + "-" + hash;
    }

    /// <summary>Whether it can be the value of a label.</summary>
    public static bool IsLabel(string name) => name.Length is > 0 and <= Longest
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.');

    /// <summary>Whether it can be the name of a namespace: a label of RFC 1123.</summary>
    public static bool IsNamespace(string name) => IsLabel(name)
        && name.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-');

    /// <summary>Whether it can be the name of a secret or a claim: a subdomain of RFC 1123.</summary>
    public static bool IsSubdomain(string name) => name.Length is > 0 and <= 253 && name.Split('.').All(IsPart);

    private static bool IsPart(string text) => text.Length > 0 && text[0] != '-' && text[^1] != '-'
        && text.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-');
}
