using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace EnvelopeSdk.Tool.Bills;

/// <summary>The numbers of documents, and who wrote them.</summary>
internal static class BillId
{
    public const string Tool = "EnvelopeSdk.Tool";

    public static string ToolVersion { get; } = typeof(BillId).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>A UUID of version 8 (RFC 9562), of the SHA-256 of the format and the envelope.</summary>
    public static Guid Of(string format, Bill bill)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{format}\n{bill.Name}\n{bill.Digest}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
