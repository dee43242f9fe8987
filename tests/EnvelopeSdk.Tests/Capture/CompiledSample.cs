using System.Security.Cryptography;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EnvelopeSdk.Tests.Capture;

/// <summary>How a sample is compiled; the folder is what must not matter.</summary>
public sealed record CompiledSample(
    string Folder, DebugInformationFormat Pdb = DebugInformationFormat.PortablePdb, Platform Platform = Platform.AnyCpu,
    OptimizationLevel Optimization = OptimizationLevel.Release, OutputKind Kind = OutputKind.DynamicallyLinkedLibrary,
    bool Signed = false, bool NativeResources = true, string Answer = "42")
{
    /// <summary>Code that has something in each piece of an assembly; <c>Sample.Run</c> gives its answers.</summary>
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Numerics;
        using System.Threading.Tasks;

        public interface IShape<T> where T : IShape<T>
        {
            static abstract string Name { get; }
            static abstract T Of(int size);
        }
        public sealed record Square(int Size) : IShape<Square>
        {
            public static string Name => "square";
            public static Square Of(int size) => new(size);
        }
        file sealed class Hidden { public override string ToString() => "hidden"; }
        [AttributeUsage(AttributeTargets.Class)]
        public sealed class OfAttribute(Type type) : Attribute
        {
            public Type Type => type;
        }

        [Of(typeof(Hidden))]
        public static class Sample
        {
            private static ReadOnlySpan<byte> Bytes => "an odd number of bytes, ü"u8;
            private static ReadOnlySpan<short> Shorts => [1, -2, 3];
            private static ReadOnlySpan<int> Ints => [1, 2, 3, 4, 500_000];
            private static ReadOnlySpan<long> Longs => [1, long.MaxValue - 2, 3];
            private static ReadOnlySpan<double> Doubles => [1.5, -2.25, 1e300];
            private static readonly int[] Array = [9, 8, 7, 6, 5, 4, 3];
            private static readonly char[] Chars = ['a', 'b', 'c', 'd', 'e'];

            public static void Main() => Console.WriteLine(Run());

            public static string Run() => RunAsync().GetAwaiter().GetResult();

            private static async Task<string> RunAsync()
            {
                await Task.Yield();
                var parts = new List<object> { $ANSWER$, Bytes.Length, Bytes[24] };
                parts.AddRange([Sum(Shorts), Sum(Ints), Sum(Longs), Sum(Doubles)]);
                parts.AddRange([Array.Sum(), new string(Chars), Array.Where(x => x > 5).Select(x => x * 2).Sum()]);
                parts.Add(Make<Square>(3) + new Hidden().ToString());
                var attribute = typeof(Sample).GetCustomAttributes(false).OfType<OfAttribute>().Single();
                parts.Add(attribute.Type == typeof(Hidden));
                using var resource = typeof(Sample).Assembly.GetManifestResourceStream("data.txt")!;
                parts.Add(await new StreamReader(resource).ReadToEndAsync());
                return string.Join("|", parts);
            }

            private static T Sum<T>(ReadOnlySpan<T> values) where T : INumber<T>
            {
                var sum = T.Zero;
                foreach (var value in values) { sum = T.Max(sum, value) + T.One; }
                return sum;
            }

            private static string Make<T>(int size) where T : IShape<T> => T.Name + T.Of(size);
        }
        """;

    private static readonly string Key = WriteKey();

    /// <summary>The bytes of the assembly.</summary>
    public byte[] Compile()
    {
        var text = SourceText.From(Source.Replace("$ANSWER$", Answer, StringComparison.Ordinal), Encoding.UTF8);
        var options = new CSharpCompilationOptions(
            Kind, optimizationLevel: Optimization, platform: Platform, deterministic: true,
            cryptoKeyFile: Signed ? Key : null, strongNameProvider: new DesktopStrongNameProvider());
        var tree = CSharpSyntaxTree.ParseText(
            text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14), Folder + "Sample.cs");
        var compilation = CSharpCompilation.Create("Sample", [tree], Net100.References.All, options);
        using var image = new MemoryStream();
        using var symbols = Pdb == DebugInformationFormat.Embedded ? null : new MemoryStream();
        using var manifest = new MemoryStream("<assembly/>"u8.ToArray());
        using var resources = NativeResources
            ? compilation.CreateDefaultWin32Resources(versionResource: true, noManifest: false, manifest, null)
            : null;
        var result = compilation.Emit(
            image, symbols, win32Resources: resources,
            options: new EmitOptions(debugInformationFormat: Pdb, pdbFilePath: Folder + "Sample.pdb"),
            manifestResources: [new("data.txt", () => new MemoryStream("a resource"u8.ToArray()), isPublic: true)]);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }

    // A file with a key pair (.snk) holds what CryptoAPI exports.
    private static string WriteKey()
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, rsa.ExportCspBlob(includePrivateParameters: true));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    }
}
