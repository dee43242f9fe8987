using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using CsCheck;
using EnvelopeSdk.Capture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace EnvelopeSdk.Tests.Capture;

public class CanonicalAssemblyTests
{
    private const string ShortFolder = "/a/";
    private static readonly string LongFolder = $"/{new string('b', 90)}/{new string('c', 700)}/";

    private static readonly bool[] Either = [false, true];

    private static readonly List<CompiledSample> All =
    [
        .. from pdb in new[] { DebugInformationFormat.PortablePdb, DebugInformationFormat.Embedded }
           from platform in new[] { Platform.AnyCpu, Platform.X64, Platform.Arm64, Platform.X86 }
           from optimization in new[] { OptimizationLevel.Debug, OptimizationLevel.Release }
           from bare in Either
           select new CompiledSample(ShortFolder, pdb, platform, optimization, Signed: !bare, NativeResources: !bare),
    ];

    public static TheoryData<CompiledSample> Samples => new(All);

    public static TheoryData<CompiledSample> Loadable => new(
        from sample in All
        where sample.Platform is Platform.AnyCpu || (sample.Platform is Platform.X64 && IsX64)
        from kind in new[] { OutputKind.DynamicallyLinkedLibrary, OutputKind.ConsoleApplication }
        select sample with { Folder = LongFolder, Kind = kind });

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    [Theory, MemberData(nameof(Samples))]
    public void One_source_in_two_folders_has_one_canonical_form(CompiledSample sample)
    {
        var (one, other) = (sample.Compile(), (sample with { Folder = LongFolder }).Compile());

        Assert.NotEqual(one, other);
        var canonical = CanonicalAssembly.Of(one);
        Assert.NotEqual(one, canonical);
        Assert.Equal(canonical, CanonicalAssembly.Of(other));
        Assert.Equal(canonical, CanonicalAssembly.Of(canonical));
    }

    [Fact]
    public void The_formats_of_symbols_share_a_canonical_form()
    {
        var sample = new CompiledSample(ShortFolder);
        var embedded = sample with { Folder = LongFolder, Pdb = DebugInformationFormat.Embedded };

        Assert.Equal(CanonicalAssembly.Of(sample.Compile()), CanonicalAssembly.Of(embedded.Compile()));
    }

    [Fact]
    public void Other_code_has_another_canonical_form_and_another_id()
    {
        var one = CanonicalAssembly.Of(new CompiledSample(ShortFolder).Compile());
        var other = CanonicalAssembly.Of(new CompiledSample(ShortFolder, Answer: "43").Compile());

        Assert.NotEqual(one, other);
        Assert.NotEqual(Mvid(one), Mvid(other));
        Assert.Equal(4, Mvid(one).Version);
    }

    [Theory, MemberData(nameof(Loadable))]
    public void A_canonical_form_gives_the_answers_of_the_original(CompiledSample sample)
    {
        var original = sample.Compile();

        var answer = Run(original);

        Assert.Contains("42|", answer, StringComparison.Ordinal);
        Assert.Equal(answer, Run(CanonicalAssembly.Of(original)));
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_canonical_form_has_no_debug_data_and_otherwise_the_same_pieces(CompiledSample sample)
    {
        var original = sample.Compile();
        using var before = new PEReader(original.ToImmutableArray());
        using var after = new PEReader(CanonicalAssembly.Of(original).ToImmutableArray());

        Assert.Empty(after.ReadDebugDirectory());
        Assert.Equal(Tables(before), Tables(after));
        Assert.Equal(Bodies(before), Bodies(after));
        Assert.Equal(Fields(before), Fields(after));
        Assert.Equal(sample.NativeResources ? 2 : 0, NativeResources(after).Count);
        Assert.Equal(NativeResources(before), NativeResources(after));
        Assert.Equal(Facts(before), Facts(after));
    }

    [Fact]
    public void The_value_of_a_span_is_where_its_elements_must_lie()
    {
        var canonical = CanonicalAssembly.Of(new CompiledSample(LongFolder).Compile());
        using var reader = new PEReader(canonical.ToImmutableArray());
        var metadata = reader.GetMetadataReader();

        // The compiler names such a field for the hash of its content, followed by its alignment.
        var aligned = metadata.FieldDefinitions.Select(metadata.GetFieldDefinition)
            .Where(f => f.GetRelativeVirtualAddress() != 0)
            .Select(f => (Name: metadata.GetString(f.Name), Address: f.GetRelativeVirtualAddress()))
            .Where(f => char.IsAsciiDigit(f.Name[^1]) && f.Name.Length == 65).ToList();

        Assert.Contains(aligned, f => f.Name[^1] == '8');
        Assert.All(aligned, f => Assert.Equal(0, f.Address % (f.Name[^1] - '0')));
    }

    [Fact]
    public void Images_that_are_not_of_IL_alone_stay_as_they_are()
    {
        var image = File.ReadAllBytes(typeof(object).Assembly.Location);

        Assert.Same(image, CanonicalAssembly.Of(image));
    }

    [Fact]
    public void What_follows_the_sections_makes_an_image_an_unknown_one()
    {
        byte[] image = [.. new CompiledSample(ShortFolder).Compile(), 1];

        Assert.Same(image, CanonicalAssembly.Of(image));
    }

    [Fact]
    public void Truncated_images_stay_as_they_are()
    {
        var image = new CompiledSample(ShortFolder).Compile();

        for (var length = 0; length < image.Length; length += length < 600 ? 1 : 37)
        {
            var truncated = image[..length];
            Assert.Same(truncated, CanonicalAssembly.Of(truncated));
        }
    }

    [Fact]
    public void Bytes_that_are_no_image_stay_as_they_are() =>
        Gen.Byte.Array[0, 2000].Sample(bytes => ReferenceEquals(bytes, CanonicalAssembly.Of(bytes)), iter: 1000);

    [Fact]
    public void A_damaged_image_makes_no_failure_and_is_settled_at_once()
    {
        var image = new CompiledSample(ShortFolder).Compile();
        var headers = Gen.Int[0, 700];
        var anywhere = Gen.Int[0, image.Length - 1];

        Gen.Select(Gen.OneOf(headers, anywhere), Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var damaged = (byte[])image.Clone();
                Array.ForEach(changes, c => damaged[c.Item1] = c.Item2);
                var canonical = CanonicalAssembly.Of(damaged);
                return canonical.AsSpan().SequenceEqual(CanonicalAssembly.Of(canonical));
            },
            iter: 5000);
    }

    private static string Run(byte[] image)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            var sample = context.LoadFromStream(new MemoryStream(image)).GetType("Sample")!;
            return (string)sample.GetMethod("Run")!.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }
    }

    private static Guid Mvid(byte[] image)
    {
        using var reader = new PEReader(image.ToImmutableArray());
        var metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    /// <summary>The metadata with zeros for the id, the addresses of fields and the hash of a path.</summary>
    private static byte[] Tables(PEReader reader)
    {
        var metadata = reader.GetMetadataReader();
        var bytes = reader.GetMetadata().GetContent().ToArray();
        Array.Clear(bytes, metadata.GetHeapMetadataOffset(HeapIndex.Guid), metadata.GetHeapSize(HeapIndex.Guid));
        for (var row = 0; row < metadata.GetTableRowCount(TableIndex.FieldRva); row++)
        {
            var offset = row * metadata.GetTableRowSize(TableIndex.FieldRva);
            Array.Clear(bytes, metadata.GetTableMetadataOffset(TableIndex.FieldRva) + offset, sizeof(int));
        }

        for (var at = 0; bytes.AsSpan(at).IndexOf("<Sample>F"u8) is >= 0 and var next; at += next + 73)
        {
            Array.Clear(bytes, at + next + 9, 64);
        }

        return bytes;
    }

    private static List<(int Address, string Body)> Bodies(PEReader reader)
    {
        var metadata = reader.GetMetadataReader();
        return [.. metadata.MethodDefinitions.Select(m => metadata.GetMethodDefinition(m).RelativeVirtualAddress)
            .Where(address => address != 0)
            .Select(address => (address, Convert.ToHexString(reader.GetMethodBody(address).GetILBytes()!)))];
    }

    /// <summary>Where field data starts, counted from the first of it, and what lies there.</summary>
    private static List<(int Start, string Data)> Fields(PEReader reader)
    {
        var metadata = reader.GetMetadataReader();
        var addresses = metadata.FieldDefinitions
            .Select(f => metadata.GetFieldDefinition(f).GetRelativeVirtualAddress())
            .Where(address => address != 0).ToList();
        Assert.NotEmpty(addresses);
        return [.. addresses.Select(address => (
            address - addresses.Min(),
            Convert.ToHexString(reader.GetSectionData(address).GetContent(0, 8).AsSpan())))];
    }

    private static List<string> NativeResources(PEReader reader)
    {
        var directory = reader.PEHeaders.PEHeader!.ResourceTableDirectory;
        return directory.Size == 0 ? [] : [.. NativeResources(reader, directory.RelativeVirtualAddress, 0)];
    }

    private static List<string> NativeResources(PEReader reader, int section, int directory)
    {
        var resources = new List<string>();
        var bytes = reader.GetSectionData(section + directory).GetReader();
        bytes.Offset = 12; // the numbers of entries with a name and of those with an id
        for (var left = bytes.ReadUInt16() + bytes.ReadUInt16(); left > 0; left--)
        {
            var (id, entry) = (bytes.ReadInt32(), bytes.ReadInt32());
            if (entry < 0)
            {
                resources.AddRange(NativeResources(reader, section, entry & int.MaxValue).Select(r => $"{id}/{r}"));
            }
            else
            {
                var data = reader.GetSectionData(section + entry).GetReader();
                var content = reader.GetSectionData(data.ReadInt32()).GetContent(0, data.ReadInt32());
                resources.Add($"{id}: {Convert.ToHexString(content.AsSpan())}");
            }
        }

        return resources;
    }

    private static object Facts(PEReader reader)
    {
        var (header, coff) = (reader.PEHeaders.PEHeader!, reader.PEHeaders.CoffHeader);
        return (header.Magic, header.ImageBase, header.Subsystem, header.DllCharacteristics, header.SizeOfStackReserve,
            header.SizeOfHeapReserve, header.MajorLinkerVersion, header.MajorSubsystemVersion, header.FileAlignment,
            coff.Machine, coff.Characteristics, coff.NumberOfSections, reader.PEHeaders.CorHeader!.Flags);
    }
}
