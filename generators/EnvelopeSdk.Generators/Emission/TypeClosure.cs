using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>The collections and named types that reading or writing some types needs methods for.</summary>
internal sealed class TypeClosure
{
    private readonly Dictionary<string, NamedTypeSpec> _declared;
    private readonly SortedDictionary<string, CollectionSpec> _collections = new(System.StringComparer.Ordinal);
    private readonly SortedDictionary<string, NamedTypeSpec> _named = new(System.StringComparer.Ordinal);

    public TypeClosure(ModelSpec model, IEnumerable<TypeSpec> roots)
    {
        _declared = model.Types.Concat(model.StateTypes).ToDictionary(type => type.Name);
        foreach (var root in roots)
        {
            Add(root);
        }
    }

    public IEnumerable<CollectionSpec> Collections => _collections.Values;

    public IEnumerable<EnumSpec> Enums => _named.Values.OfType<EnumSpec>();

    public IEnumerable<ObjectSpec> Objects => _named.Values.OfType<ObjectSpec>();

    private void Add(TypeSpec type)
    {
        if (type is CollectionSpec collection && !_collections.ContainsKey(collection.Id))
        {
            _collections.Add(collection.Id, collection);
            Add(collection.Element);
        }
        else if (type is NamedSpec named && !_named.ContainsKey(named.Name))
        {
            var declared = _declared[named.Name];
            _named.Add(named.Name, declared);
            foreach (var member in (declared as ObjectSpec)?.Members ?? default)
            {
                Add(member.Type);
            }
        }
    }
}
