using System.Reflection.PortableExecutable;

namespace EnvelopeSdk.Capture;

/// <summary>Tells images of which every part is known from those of which a part could be lost or misplaced.</summary>
internal static class KnownImage
{
    /// <summary>Whether an image is an assembly of IL alone, with nothing that compilers do not write.</summary>
    public static bool Is(PEHeaders headers, int length) => IsKnownKind(headers) && HasKnownSections(headers, length);

    private static bool IsKnownKind(PEHeaders headers)
    {
        if (headers is not { PEHeader: { } header, CorHeader: { } cor })
        {
            return false;
        }

        // Only these of the directories are known; what another one points at would be lost.
        DirectoryEntry[] unknown =
        [
            header.ExportTableDirectory, header.ExceptionTableDirectory, header.CertificateTableDirectory,
            header.CopyrightTableDirectory, header.GlobalPointerTableDirectory, header.ThreadLocalStorageTableDirectory,
            header.LoadConfigTableDirectory, header.BoundImportTableDirectory, header.DelayImportTableDirectory,
            cor.CodeManagerTableDirectory, cor.VtableFixupsDirectory, cor.ExportAddressTableJumpsDirectory,
            cor.ManagedNativeHeaderDirectory,
        ];
        const CorFlags NotIL = CorFlags.ILLibrary | CorFlags.NativeEntryPoint;
        var is32Bit = headers.CoffHeader.Machine is Machine.I386;
        return (cor.Flags & (CorFlags.ILOnly | NotIL)) == CorFlags.ILOnly
            && (is32Bit || headers.CoffHeader.Machine is Machine.Amd64 or Machine.Arm64)
            && header.Magic == (is32Bit ? PEMagic.PE32 : PEMagic.PE32Plus)
            && HasKnownImports(header, is32Bit)
            && Array.TrueForAll(unknown, d => d is { Size: 0, RelativeVirtualAddress: 0 });
    }

    private static bool HasKnownSections(PEHeaders headers, int length)
    {
        var (header, sections) = (headers.PEHeader!, headers.SectionHeaders);
        var expected = new List<(string, DirectoryEntry)> { (CanonicalPEBuilder.Text, default) };
        if (header.ResourceTableDirectory.Size != 0)
        {
            expected.Add((CanonicalPEBuilder.Resources, header.ResourceTableDirectory));
        }

        if (header.ImportTableDirectory.Size != 0)
        {
            expected.Add((CanonicalPEBuilder.Relocations, header.BaseRelocationTableDirectory));
        }

        return expected.Select(e => e.Item1).SequenceEqual(sections.Select(s => s.Name))
            && expected.Zip(sections).Skip(1).All(p => p.First.Item2.RelativeVirtualAddress == p.Second.VirtualAddress)
            && sections.All(s => s.VirtualSize > 0 && s.VirtualSize <= s.SizeOfRawData && s.PointerToRawData > 0)
            && sections[^1].PointerToRawData + sections[^1].SizeOfRawData == length; // nothing follows the sections
    }

    /// <summary>
    /// Whether there is the import of the runtime's entry point, which a 32-bit image may have, or nothing.
    /// </summary>
    private static bool HasKnownImports(PEHeader header, bool is32Bit)
    {
        var addressTable = header.ImportAddressTableDirectory.Size;
        return header.ImportTableDirectory.Size == 0
            ? (addressTable, header.AddressOfEntryPoint, header.BaseRelocationTableDirectory.Size) is (0, 0, 0)
            : is32Bit && addressTable == RuntimeImport.AddressTableSize;
    }
}
