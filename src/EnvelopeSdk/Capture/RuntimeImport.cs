using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EnvelopeSdk.Capture;

/// <summary>
/// The import of the runtime's entry point and the jump to it, which a 32-bit image has for systems that know nothing
/// of assemblies (ECMA-335 II.25.3.1).
/// </summary>
/// <param name="addressTable">The import address table.</param>
/// <param name="table">The address of the import table.</param>
internal sealed class RuntimeImport(DirectoryEntry addressTable, int table)
{
    /// <summary>The size of an import address table of one import.</summary>
    public const int AddressTableSize = 8;

    /// <summary>What the import table is aligned to.</summary>
    public const int Alignment = 4;

    /// <summary>The size of the import table and the startup stub.</summary>
    public const int Size = Stub + StubSize;

    // The stub is placed so that the address in it, behind two bytes, is aligned.
    private const int LookupTable = 40;
    private const int HintNameStart = LookupTable + AddressTableSize;
    private const int LibraryName = HintNameStart + 14;
    private const int TableSize = LibraryName + 12;
    private const int Stub = TableSize + 4;
    private const int StubSize = 6;

    /// <summary>The address of the imported name, which the import address table holds.</summary>
    public int HintName => table + HintNameStart;

    /// <summary>The startup stub of an image: where it starts. Without an import, it has none.</summary>
    public static DirectoryEntry StubOf(PEHeader header) =>
        header.ImportTableDirectory.Size == 0 ? default : new(header.AddressOfEntryPoint, StubSize);

    /// <summary>The relocation of the address in the startup stub (ECMA-335 II.25.3.2).</summary>
    public static BlobBuilder Relocation(int entryPoint)
    {
        const int Page = 0x1000;
        const int HighLow = 3 << 12;
        var address = entryPoint + 2;
        var block = new BlobBuilder();
        block.WriteInt32(address / Page * Page);
        block.WriteInt32(12);
        block.WriteInt16((short)(HighLow | (address % Page)));
        block.WriteInt16(0); // of the kind that does nothing: blocks are aligned to four bytes
        return block;
    }

    /// <summary>Writes the import table and the startup stub.</summary>
    public void Write(BlobBuilder text, PEHeaderBuilder header, PEDirectoriesBuilder directories)
    {
        var isLibrary = (header.ImageCharacteristics & Characteristics.Dll) != 0;
        text.WriteInt32(table + LookupTable);
        text.WriteInt64(0);
        text.WriteInt32(table + LibraryName);
        text.WriteInt32(addressTable.RelativeVirtualAddress);
        text.WriteBytes(0, LookupTable - 20); // the end of the table
        text.WriteInt64(HintName);
        text.WriteInt16(0);
        text.WriteUTF8(isLibrary ? "_CorDllMain\0" : "_CorExeMain\0");
        text.WriteUTF8("mscoree.dll\0");
        text.WriteInt32(0);
        text.WriteUInt16(0x25ff); // jmp dword ptr
        text.WriteUInt32((uint)header.ImageBase + (uint)addressTable.RelativeVirtualAddress);
        directories.ImportAddressTable = addressTable;
        directories.ImportTable = new(table, TableSize);
        directories.AddressOfEntryPoint = table + Stub;
    }
}
