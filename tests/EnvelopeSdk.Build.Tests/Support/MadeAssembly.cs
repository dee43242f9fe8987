using System.Reflection;
using System.Reflection.Emit;
using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Build.Tests.Support;

/// <summary>Assemblies that hold nothing but what a generator would have said of them.</summary>
internal static class MadeAssembly
{
    /// <summary>One whose models were compiled for a contract.</summary>
    public static string WithContract(string path, int number, string platform) =>
        With(path, typeof(ModelContractAttribute), [typeof(int), typeof(string)], number, platform);

    /// <summary>One that has a value under a key.</summary>
    public static string WithMetadata(string path, string key, string value) =>
        With(path, typeof(AssemblyMetadataAttribute), [typeof(string), typeof(string)], key, value);

    private static string With(string path, Type attribute, Type[] types, params object[] values)
    {
        var name = new AssemblyName(Path.GetFileNameWithoutExtension(path));
        var assembly = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        assembly.DefineDynamicModule(name.Name!);
        assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute.GetConstructor(types)!, values));
        assembly.Save(path);
        return path;
    }
}
