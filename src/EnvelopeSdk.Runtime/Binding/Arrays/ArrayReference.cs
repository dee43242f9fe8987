using System.Buffers.Text;

namespace EnvelopeSdk.Binding.Arrays;

/// <summary>What the JSON of a piece of state has in the place of an array: <c>{"array":0}</c>.</summary>
internal static class ArrayReference
{
    public static ReadOnlySpan<byte> Start => "{\"array\":"u8;

    public static ReadOnlySpan<byte> End => "}"u8;

    /// <summary>Reads one.</summary>
    /// <param name="json">JSON that begins with it.</param>
    /// <param name="number">The number of the array.</param>
    /// <returns>Its length; 0 when there is none.</returns>
    public static int Read(ReadOnlySpan<byte> json, out int number)
    {
        number = -1;
        return json.StartsWith(Start) && Utf8Parser.TryParse(json[Start.Length..], out number, out var digits)
            && number >= 0 && json[(Start.Length + digits)..].StartsWith(End)
            ? Start.Length + digits + End.Length
            : 0;
    }
}
