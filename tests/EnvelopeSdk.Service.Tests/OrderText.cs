using System.Text;

namespace EnvelopeSdk.Service.Tests;

/// <summary>Bodies of requests with an order, sound but for one member.</summary>
internal static class OrderText
{
    private static readonly (string Name, string Json)[] Members =
    [
        ("text", "\"größe 😀 \\ud83d\\ude00\""), ("number", "-1.5e-3"), ("id", "7"), ("price", "1.50"), ("cut", "\"Good\""), ("shape", """{"$type":"circle","radius":1}"""),
        ("items", "[1,2]"), ("map", """{"a":1}"""), ("open", """{"b":[null,true]}"""), ("tree", """{"children":[{"children":[]}]}"""),
    ];

    public static byte[] Sound { get; } = With("", "");

    /// <summary>A body whose order has another value for a member, or a member more.</summary>
    public static byte[] With(string name, string json) => With(name, Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="With(string, string)"/>
    public static byte[] With(string name, ReadOnlySpan<byte> json) => WithMember($"\"{name}\":", json, Members.Where(member => member.Name != name));

    /// <summary>A body whose order has a member more.</summary>
    /// <param name="name">The member's name as it stands in the text.</param>
    /// <param name="json">Its value.</param>
    public static byte[] WithMore(ReadOnlySpan<byte> name, string json)
    {
        using var body = new MemoryStream();
        body.Write("{\"order\":{\""u8);
        body.Write(name);
        body.Write(Encoding.UTF8.GetBytes($"\":{json},{Join(Members)}}}}}"));
        return body.ToArray();
    }

    private static byte[] WithMember(string name, ReadOnlySpan<byte> json, IEnumerable<(string, string)> rest)
    {
        using var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes("{\"order\":{" + Join(rest)));
        if (name != "\"\":")
        {
            body.Write(Encoding.UTF8.GetBytes("," + name));
            body.Write(json);
        }

        body.Write("}}"u8);
        return body.ToArray();
    }

    private static string Join(IEnumerable<(string Name, string Json)> members) => string.Join(",", members.Select(member => $"\"{member.Name}\":{member.Json}"));
}
