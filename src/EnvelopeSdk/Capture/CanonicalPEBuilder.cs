using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EnvelopeSdk.Capture;

/// <summary>
/// Writes the pieces of an assembly but for its debug data. What came before that stays where it was, as addresses in
/// it and to it are many; what came after it is moved, as addresses to it are few.
/// </summary>
internal sealed class CanonicalPEBuilder : PEBuilder
{
    public const string Text = ".text";
    public const string Resources = ".rsrc";
    public const string Relocations = ".reloc";

    // The runtime takes values of fields in place, so they are aligned for the largest type of element.
    private const int FieldAlignment = 16;

    private readonly AssemblyLayout _layout;
    private readonly PEDirectoriesBuilder _directories = new();

    public CanonicalPEBuilder(AssemblyLayout layout)
        : base(Copy(layout.Headers), _ => default) =>
        _layout = layout;

    /// <summary>Where the first section lies in the file. Known when it is written.</summary>
    public int TextPointer { get; private set; }

    private PEHeader Original => _layout.Headers.PEHeader!;

    private int ImportTable => Align(_layout.Kept.Length, RuntimeImport.Alignment);

    private int FieldsStart => Align(
        _layout.HasImports ? ImportTable + RuntimeImport.Size : _layout.Kept.Length, FieldAlignment);

    protected override ImmutableArray<Section> CreateSections() =>
        [.. _layout.Headers.SectionHeaders.Select(s => new Section(s.Name, s.SectionCharacteristics))];

    protected override PEDirectoriesBuilder GetDirectories() => _directories;

    protected override BlobBuilder SerializeSection(string name, SectionLocation location) => name switch
    {
        Text => WriteText(location),
        Resources => WriteResources(location.RelativeVirtualAddress),
        _ => WriteRelocation(location.RelativeVirtualAddress),
    };

    private static int Align(int position, int alignment) => (position + alignment - 1) & -alignment;

    private static PEHeaderBuilder Copy(PEHeaders headers)
    {
        var header = headers.PEHeader!;
        return new PEHeaderBuilder(
            headers.CoffHeader.Machine, header.SectionAlignment, header.FileAlignment, header.ImageBase,
            header.MajorLinkerVersion, header.MinorLinkerVersion,
            header.MajorOperatingSystemVersion, header.MinorOperatingSystemVersion,
            header.MajorImageVersion, header.MinorImageVersion,
            header.MajorSubsystemVersion, header.MinorSubsystemVersion,
            header.Subsystem, header.DllCharacteristics, headers.CoffHeader.Characteristics,
            header.SizeOfStackReserve, header.SizeOfStackCommit, header.SizeOfHeapReserve, header.SizeOfHeapCommit);
    }

    private BlobBuilder WriteText(SectionLocation location)
    {
        var start = location.RelativeVirtualAddress;
        if (start != _layout.Headers.SectionHeaders[0].VirtualAddress)
        {
            throw new BadImageFormatException(); // every address in it would be wrong
        }

        TextPointer = location.PointerToRawData;
        _directories.CorHeaderTable = Original.CorHeaderTableDirectory;
        foreach (var row in _layout.FieldRows)
        {
            var address = _layout.Kept.AsSpan(row, sizeof(int));
            var moved = BinaryPrimitives.ReadInt32LittleEndian(address) + FieldsStart - _layout.FieldsStart;
            BinaryPrimitives.WriteInt32LittleEndian(address, moved);
        }

        var text = new BlobBuilder();
        if (_layout.HasImports)
        {
            var import = new RuntimeImport(Original.ImportAddressTableDirectory, start + ImportTable);
            BinaryPrimitives.WriteInt32LittleEndian(_layout.Kept, import.HintName); // the address table comes first
            text.WriteBytes(_layout.Kept);
            text.Align(RuntimeImport.Alignment);
            import.Write(text, Header, _directories);
        }
        else
        {
            text.WriteBytes(_layout.Kept);
        }

        if (_layout.Fields.Length > 0)
        {
            text.Align(FieldAlignment);
            text.WriteBytes(_layout.Fields);
        }

        return text;
    }

    private BlobBuilder WriteRelocation(int start)
    {
        var block = RuntimeImport.Relocation(_directories.AddressOfEntryPoint);
        _directories.BaseRelocationTable = new(start, block.Count);
        return block;
    }

    private BlobBuilder WriteResources(int start)
    {
        var bytes = _layout.Resources!;
        NativeResources.Move(bytes, Original.ResourceTableDirectory.RelativeVirtualAddress, start);
        var builder = new BlobBuilder();
        builder.WriteBytes(bytes);
        _directories.ResourceTable = new(start, bytes.Length);
        return builder;
    }
}
