using EnvelopeSdk.Binding.Numbers;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>Says how columns become values of the schema, and of all that cannot be, why.</summary>
/// <param name="model">The schema.</param>
/// <param name="faults">Receives what is wrong.</param>
internal sealed class ColumnTypes(ModelSchema model, ICollection<ColumnFault> faults)
{
    private static readonly TypeSchema AnyValue = new() { Kind = TypeKind.Any, Nullable = true };

    private readonly CastCure _cure = new(model);

    /// <param name="type">The type of the column's values.</param>
    /// <param name="schema">What they are to be.</param>
    /// <param name="place">The parameter, or the member of one.</param>
    /// <returns>Null when that cannot be, for which there is a fault then.</returns>
    public ColumnJson? Of(ColumnType type, TypeSchema schema, string place)
    {
        if (type.Kind == ColumnKind.Null)
        {
            return new NullJson();
        }

        if (type.Kind == ColumnKind.Text && IsReadOfText(schema))
        {
            return schema.Kind == TypeKind.Decimal ? TextColumns.OfDecimals : TextColumns.OfText(schema, model);
        }

        return schema.Kind switch
        {
            TypeKind.Array => OfItems(type, schema.Items!, 1, place),
            TypeKind.Tensor => OfItems(type, schema.Items!, schema.Rank, place),
            TypeKind.Map => OfMap(type, schema, place),
            TypeKind.Ref => OfNamed(type, schema, place),
            TypeKind.Any or TypeKind.Value when type.Parts.Count > 0 => OfAny(type, place),
            _ => OfScalar(type, schema) ?? Refuse(type, schema, place),
        };
    }

    /// <summary>
    /// What tables have as text, that of a job among them: JSON, for which many have no other type, and decimal numbers
    /// that no type of a column has.
    /// </summary>
    private bool IsReadOfText(TypeSchema schema) => schema.Kind == TypeKind.Decimal
        ? !schema.NumberHandling.HasFlag(NumberForms.AllowReadingFromString) // as its reader does
        : IsReadAsJson(schema, model);

    /// <summary>Whether a column of text has JSON for it.</summary>
    public static bool IsReadAsJson(TypeSchema schema, ModelSchema model) => schema.Kind switch
    {
        TypeKind.Array or TypeKind.Tensor or TypeKind.Map => true,
        TypeKind.Ref => model.TypeOf(schema.Ref!).Values is null,
        _ => false,
    };

    private static ColumnJson? OfScalar(ColumnType type, TypeSchema asked)
    {
        var schema = Kinds.IsOpen(asked.Kind) ? new() { Kind = OwnKind(type) } : asked;
        return type.Kind == ColumnKind.Boolean
            ? schema.Kind == TypeKind.Boolean
                ? new ScalarJson((output, values, row) => output.WriteBoolean(values.Read<byte>(row) != 0))
                : null
            : NumberColumns.Of(type, schema.Kind, isAny: schema != asked) ?? TimeColumns.Of(type, schema.Kind)
                ?? TextColumns.Of(type, schema);
    }

    /// <summary>The kind that has all values of a type, for parameters that take any.</summary>
    private static TypeKind OwnKind(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => TypeKind.Boolean,
        ColumnKind.Float => TypeKind.Float,
        ColumnKind.Double => TypeKind.Double,
        ColumnKind.Text => TypeKind.String,
        ColumnKind.Bytes => TypeKind.Bytes,
        ColumnKind.Uuid => TypeKind.Uuid,
        ColumnKind.Date => TypeKind.Date,
        ColumnKind.Time => TypeKind.Time,
        ColumnKind.Timestamp => TypeKind.DateTime,
        ColumnKind.Interval => TypeKind.Duration,
        _ => TypeKind.Decimal,
    };

    private ColumnJson? OfItems(ColumnType type, TypeSchema items, int depth, string place)
    {
        if (type.Kind is not (ColumnKind.List or ColumnKind.Array))
        {
            return Refuse(type, new() { Kind = TypeKind.Array, Items = items }, place);
        }

        var held = type.Parts[0].Type;
        var inner = depth > 1 ? OfItems(held, items, depth - 1, place + "[]") : Of(held, items, place + "[]");
        return inner is null ? null : new ListJson(inner);
    }

    private ColumnJson? OfMap(ColumnType type, TypeSchema schema, string place)
    {
        switch (type)
        {
            case { Kind: ColumnKind.Map, Parts: [{ Type.Kind: ColumnKind.Text }, var value] }:
                return Of(value.Type, schema.Items!, place + "[]") is { } items ? new MapJson(items) : null;
            case { Kind: ColumnKind.Struct }:
                var members = type.Parts
                    .Select(field => (field.Name, Values: Of(field.Type, schema.Items!, $"{place}.{field.Name}")))
                    .ToList();
                return members.TrueForAll(one => one.Values is not null)
                    ? new StructJson(members.ConvertAll(one => (one.Name, one.Values!, false)))
                    : null;
            default:
                return Refuse(type, schema, place);
        }
    }

    /// <summary>What has parts, for a parameter that takes any value.</summary>
    private ColumnJson? OfAny(ColumnType type, string place) => type.Kind switch
    {
        ColumnKind.List or ColumnKind.Array => OfItems(type, AnyValue, 1, place),
        _ => OfMap(type, new() { Kind = TypeKind.Map, Items = AnyValue }, place),
    };

    private ColumnJson? OfNamed(ColumnType type, TypeSchema schema, string place)
    {
        var named = model.TypeOf(schema.Ref!);
        if (named.Values is not null)
        {
            var scalar = new TypeSchema { Kind = IsOfNumbers(named) ? TypeKind.Int128 : TypeKind.String };
            return OfScalar(type, scalar) ?? Refuse(type, schema, place);
        }

        return type.Kind == ColumnKind.Struct && named.Members is not null
            ? OfObject(type, named, place)
            : Refuse(type, schema, place);
    }

    /// <summary>Whether the values of an enum are numbers.</summary>
    public static bool IsOfNumbers(NamedTypeSchema named) =>
        named.Values is [{ ValueKind: System.Text.Json.JsonValueKind.Number }, ..];

    private StructJson? OfObject(ColumnType type, NamedTypeSchema named, string place)
    {
        var before = faults.Count;
        var members = new List<(string, ColumnJson, bool)>();
        foreach (var field in type.Parts)
        {
            var member = named.Members!.FirstOrDefault(one => one.Name == field.Name);
            if (member is null)
            {
                var hint = Nearest.Hint(field.Name, named.Members!.Select(one => one.Name));
                faults.Add(new($"{place}.{field.Name}", $"{named.Name} has no member '{field.Name}'{hint}."));
            }
            else if (Of(field.Type, member.Type, $"{place}.{field.Name}") is { } values)
            {
                members.Add((member.Name, values, !member.Required && !member.Type.Nullable));
            }
        }

        foreach (var name in named.Members!.Where(one => one.Required).Select(one => one.Name)
            .Except(type.Parts.Select(one => one.Name)))
        {
            faults.Add(new(
                $"{place}.{name}", $"The structure has no field '{name}'{Nearest.Hint(name, type.Parts)}."));
        }

        return faults.Count == before ? new StructJson(members) : null;
    }

    private ColumnJson? Refuse(ColumnType type, TypeSchema schema, string place)
    {
        faults.Add(new(
            place,
            $"It takes {Kinds.Named(schema, model)}, and the column has {type.Name.TrimEnd(',')}{_cure.Of(type, schema)}"));
        return null;
    }
}
