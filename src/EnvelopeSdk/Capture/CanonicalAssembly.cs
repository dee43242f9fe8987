using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The form of a compiled assembly that is the same for the same code, in whichever folder it was compiled. Compilers
/// write the path and the checksum of the symbol file into the assembly; the length of the one moves what follows it,
/// and the module's id is a hash of it all. So the symbols go, what follows them moves to a place that does not depend
/// on them, and the id is made again.
/// </summary>
internal static class CanonicalAssembly
{
    /// <summary>The canonical form of an assembly.</summary>
    /// <returns>
    /// It, without debug data and with a strong name signature of zeros, as the original one covers that data; the
    /// bytes as they are when they are not an assembly of IL alone, or not laid out the way that compilers do it.
    /// </returns>
    public static byte[] Of(byte[] image)
    {
        try
        {
            using var reader = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
            return AssemblyLayout.Of(image, reader) is { } layout ? Build(layout) : image;
        }
        catch (Exception e) when (e is BadImageFormatException or ArgumentException or ArithmeticException
            or InvalidOperationException or IndexOutOfRangeException or IOException or NotSupportedException)
        {
            return image; // what cannot be read is not an assembly, or none of a kind that is known
        }
    }

    private static byte[] Build(AssemblyLayout layout)
    {
        Array.Clear(layout.Kept, layout.Mvid, 16);
        var builder = new CanonicalPEBuilder(layout);
        var blob = new BlobBuilder();
        builder.Serialize(blob);
        var bytes = blob.ToArray();

        // The id is a hash of the content in which it and the stamp are zero, with the version bits of RFC 4122.
        var id = BlobContentId.FromHash(SHA256.HashData(bytes));
        if (!id.Guid.TryWriteBytes(bytes.AsSpan(builder.TextPointer + layout.Mvid, 16)))
        {
            throw new BadImageFormatException();
        }

        // PE format: in the COFF header, the stamp follows the machine and the number of sections.
        var stamp = new PEHeaders(new MemoryStream(bytes)).CoffHeaderStartOffset + 4;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(stamp), id.Stamp);
        return bytes;
    }
}
