namespace EnvelopeSdk.Schema;

/// <summary>
/// Which named types are taken and which are answered. A type whose numbers are taken in other forms than they are
/// answered in has a component for each, if it is both.
/// </summary>
internal sealed class TypeSides
{
    private readonly ModelSchema _schema;
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _answered = [];
    private readonly HashSet<string> _names;

    public TypeSides(ModelSchema schema)
    {
        _schema = schema;
        _names = [.. schema.Types.Select(type => type.Name)];
        foreach (var query in schema.Queries)
        {
            foreach (var parameter in query.Parameters)
            {
                Collect(parameter.Type, _taken);
            }

            Collect(query.Returns, _answered);
        }
    }

    /// <summary>Whether a named type has a component as it is taken (false), answered (true), or both.</summary>
    public IEnumerable<bool> Of(string type) =>
        HasTwo(type) ? [false, true] : [!_taken.Contains(type) && _answered.Contains(type)];

    /// <summary>The name of a component.</summary>
    public string ComponentName(string type, bool isAnswer)
    {
        var name = type;
        while (isAnswer && HasTwo(type) && (name == type || _names.Contains(name)))
        {
            name += "Answer";
        }

        return JsonSchemaWriter.ComponentName(name);
    }

    /// <summary>Whether values of a type are answered in another form than they are taken.</summary>
    public bool Differ(TypeSchema type)
    {
        var named = new HashSet<string>();
        Collect(type, named);
        return Parts(type).Concat(named.SelectMany(name => TypesOf(_schema.TypeOf(name)).SelectMany(Parts)))
            .Any(NumberFormKeywords.Differ);
    }

    private bool HasTwo(string type) =>
        _taken.Contains(type) && _answered.Contains(type) && Differ(new() { Kind = TypeKind.Ref, Ref = type });

    private void Collect(TypeSchema type, HashSet<string> names)
    {
        foreach (var name in Parts(type).Select(part => part.Ref).OfType<string>().Where(names.Add))
        {
            foreach (var inner in TypesOf(_schema.TypeOf(name)))
            {
                Collect(inner, names);
            }
        }
    }

    /// <summary>The type and those of its items, keys and columns.</summary>
    private static IEnumerable<TypeSchema> Parts(TypeSchema type) =>
        new[] { type.Items, type.Keys }.OfType<TypeSchema>()
            .Concat((type.Columns ?? []).Select(column => column.Type))
            .SelectMany(Parts).Prepend(type);

    private static IEnumerable<TypeSchema> TypesOf(NamedTypeSchema type) =>
        (type.Members ?? []).Select(member => member.Type)
            .Concat((type.Union ?? []).Select(name => new TypeSchema { Kind = TypeKind.Ref, Ref = name }));
}
