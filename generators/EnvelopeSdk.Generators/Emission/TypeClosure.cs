using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>The collections and named types that reading or writing some types needs methods for.</summary>
internal sealed class TypeClosure
{
    private readonly Dictionary<string, NamedTypeSpec> _declared;
    private readonly SortedDictionary<string, TypeSpec> _composed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NamedTypeSpec> _named = new(StringComparer.Ordinal);

    public TypeClosure(ModelSpec model, IEnumerable<TypeSpec> roots)
    {
        _declared = model.Types.Concat(model.StateTypes).ToDictionary(type => type.Name);
        foreach (var root in roots)
        {
            Add(root);
        }
    }

    /// <summary>Collections, dictionaries and arrays of several dimensions.</summary>
    public IEnumerable<TypeSpec> Composed => _composed.Values;

    public IEnumerable<NamedTypeSpec> Named => _named.Values;

    /// <summary>Whether a collection, dictionary or array is among them.</summary>
    public bool Composes(TypeSpec type) => _composed.ContainsKey(type.Id);

    /// <summary>What both reading and writing some types need.</summary>
    public static string Shared(ModelSpec model, IEnumerable<TypeSpec> roots)
    {
        var types = new TypeClosure(model, roots);
        var keys = types.Composed.OfType<MapSpec>().Select(map => map.Key).OfType<NamedSpec>()
            .Select(key => key.Name).Distinct().ToList();
        var enums = types.Named.OfType<EnumSpec>().ToList();
        return enums.Where(type => type is { IsFlags: true, ByName: true }).Select(EnumWriter.Flags)
            .Concat(enums.Where(type => keys.Contains(type.Name)).Select(EnumWriter.Key)).Blocks();
    }

    private void Add(TypeSpec type)
    {
        if (type is NamedSpec named)
        {
            Add(named.Name);
        }
        else if (type is not ScalarSpec and not TableSpec && !_composed.ContainsKey(type.Id))
        {
            _composed.Add(type.Id, type);
            foreach (var part in Parts(type))
            {
                Add(part);
            }
        }
    }

    private static IEnumerable<TypeSpec> Parts(TypeSpec type) => type switch
    {
        MapSpec map => [map.Key, map.Value],
        TensorSpec tensor => [tensor.Element],
        _ => [((CollectionSpec)type).Element],
    };

    private void Add(string name)
    {
        if (_named.ContainsKey(name))
        {
            return;
        }

        var declared = _declared[name];
        _named.Add(name, declared);
        foreach (var member in (declared as ObjectSpec)?.Members ?? default)
        {
            Add(member.Type);
        }

        foreach (var one in (declared as UnionSpec)?.Cases ?? default)
        {
            Add(one.Type);
        }
    }
}
