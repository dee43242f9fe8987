using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Where the pieces of an assembly lie. Compilers lay them out in one section as [import address table] [CLI header]
/// [IL] [metadata] [resources] [strong name] [debug data] [import table, startup stub] [field data]. Offsets are from
/// its start.
/// </summary>
internal sealed class AssemblyLayout
{
    // The pieces are aligned to 16 bytes at most; more than that between two of them is a piece that is not known.
    private const int LargestPadding = 15;

    /// <summary>The headers of the image.</summary>
    public required PEHeaders Headers { get; init; }

    /// <summary>What comes before the debug data: it stays where it is.</summary>
    public required byte[] Kept { get; init; }

    /// <summary>The initial values of fields: what comes last in the section.</summary>
    public required byte[] Fields { get; init; }

    /// <summary>The offset of the field data.</summary>
    public required int FieldsStart { get; init; }

    /// <summary>The offsets of the rows of the table FieldRVA; the address comes first (ECMA-335 II.22.18).</summary>
    public required int[] FieldRows { get; init; }

    /// <summary>The offset of the module's id.</summary>
    public required int Mvid { get; init; }

    /// <summary>Whether there is an import table, with a startup stub and its relocation.</summary>
    public required bool HasImports { get; init; }

    /// <summary>The section of native resources, such as the version; null without one.</summary>
    public required byte[]? Resources { get; init; }

    private PEHeader Header => Headers.PEHeader!;

    private SectionHeader Text => Headers.SectionHeaders[0];

    /// <summary>Reads the layout of an image.</summary>
    /// <returns>It; null when the image is not of IL alone, or laid out in another way.</returns>
    public static AssemblyLayout? Of(byte[] image, PEReader reader)
    {
        var headers = reader.PEHeaders;
        if (!KnownImage.Is(headers, image.Length))
        {
            return null;
        }

        var (text, cor, metadata) = (headers.SectionHeaders[0], headers.CorHeader!, reader.GetMetadataReader());
        var bytes = image.AsSpan(text.PointerToRawData, text.VirtualSize);
        var metadataStart = cor.MetadataDirectory.RelativeVirtualAddress - text.VirtualAddress;
        var fields = FieldRowsOf(metadata, bytes[metadataStart..], text.VirtualAddress);
        var fieldsStart = fields.Select(f => f.Start).Append(text.VirtualSize).Min();
        var kept = bytes[..(EndOfKept(cor) - text.VirtualAddress)].ToArray();
        Erase(kept, cor.StrongNameSignatureDirectory, text);
        FileTypeNames.Number(metadata, kept.AsSpan(metadataStart, cor.MetadataDirectory.Size));
        var layout = new AssemblyLayout
        {
            Headers = headers,
            Kept = kept,
            Fields = bytes[fieldsStart..].ToArray(),
            FieldsStart = fieldsStart,
            FieldRows = [.. fields.Select(f => metadataStart + f.Row)],
            Mvid = metadataStart + MvidOffset(metadata),
            HasImports = headers.PEHeader!.ImportTableDirectory.Size != 0,
            Resources = NativeResources(headers, image),
        };
        return metadata.MetadataKind == MetadataKind.Ecma335
            && Array.TrueForAll(fields, f => f.Start < text.VirtualSize)
            && layout.HasBodiesIn(metadata) && layout.IsInOrder(reader) ? layout : null;
    }

    private static (int Row, int Start)[] FieldRowsOf(MetadataReader metadata, ReadOnlySpan<byte> bytes, int address)
    {
        var table = metadata.GetTableMetadataOffset(TableIndex.FieldRva);
        var rows = new (int, int)[metadata.GetTableRowCount(TableIndex.FieldRva)];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = table + (i * metadata.GetTableRowSize(TableIndex.FieldRva));
            rows[i] = (row, BinaryPrimitives.ReadInt32LittleEndian(bytes[row..]) - address);
        }

        return rows;
    }

    private static int MvidOffset(MetadataReader metadata)
    {
        // ECMA-335 II.24.2.5: the heap is an array, and its first element has the index 1.
        var index = MetadataTokens.GetHeapOffset(metadata.GetModuleDefinition().Mvid);
        return index > 0
            ? metadata.GetHeapMetadataOffset(HeapIndex.Guid) + ((index - 1) * 16)
            : throw new BadImageFormatException();
    }

    private static int EndOfKept(CorHeader cor) =>
        new[] { cor.MetadataDirectory, cor.ResourcesDirectory, cor.StrongNameSignatureDirectory }.Max(End);

    private static int End(DirectoryEntry entry) => checked(entry.RelativeVirtualAddress + entry.Size);

    private static void Erase(byte[] kept, DirectoryEntry directory, SectionHeader text)
    {
        if (directory.Size != 0)
        {
            Array.Clear(kept, directory.RelativeVirtualAddress - text.VirtualAddress, directory.Size);
        }
    }

    private static byte[]? NativeResources(PEHeaders headers, byte[] image) => headers.SectionHeaders
        .Where(s => s.Name == CanonicalPEBuilder.Resources)
        .Select(s => image.AsSpan(s.PointerToRawData, s.VirtualSize).ToArray()).FirstOrDefault();

    private bool HasBodiesIn(MetadataReader metadata)
    {
        var start = End(Header.CorHeaderTableDirectory);
        var end = Headers.CorHeader!.MetadataDirectory.RelativeVirtualAddress;
        return metadata.MethodDefinitions.Select(m => metadata.GetMethodDefinition(m).RelativeVirtualAddress)
            .All(address => address == 0 || (address >= start && address < end));
    }

    /// <summary>Whether the pieces follow one another and leave no room for one that is not known.</summary>
    private bool IsInOrder(PEReader reader)
    {
        var cor = Headers.CorHeader!;
        var ilStart = End(Header.CorHeaderTableDirectory);
        var il = new DirectoryEntry(ilStart, cor.MetadataDirectory.RelativeVirtualAddress - ilStart);
        var debug = Header.DebugTableDirectory.Size == 0 ? [] : reader.ReadDebugDirectory()
            .Where(e => e.DataSize != 0).Select(e => new DirectoryEntry(e.DataRelativeVirtualAddress, e.DataSize));
        DirectoryEntry[] pieces =
        [
            Header.ImportAddressTableDirectory, Header.CorHeaderTableDirectory, il, cor.MetadataDirectory,
            cor.ResourcesDirectory, cor.StrongNameSignatureDirectory, Header.DebugTableDirectory, .. debug,
            Header.ImportTableDirectory, RuntimeImport.StubOf(Header),
            new(Text.VirtualAddress + FieldsStart, Fields.Length),
        ];
        var end = Text.VirtualAddress;
        foreach (var piece in pieces.Where(p => p.Size != 0))
        {
            var padding = piece.RelativeVirtualAddress - end;
            if (padding is < 0 or > LargestPadding || piece.Size < 0)
            {
                return false;
            }

            end = End(piece);
        }

        return Text.VirtualAddress + Text.VirtualSize - end is >= 0 and <= LargestPadding;
    }
}
