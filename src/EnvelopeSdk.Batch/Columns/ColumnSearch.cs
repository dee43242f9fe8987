using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Batch.Columns;

/// <summary>Finds the columns of parameters, and collects all that is wrong with them.</summary>
internal sealed class ColumnSearch
{
    private const int Deepest = 8;

    private static readonly ColumnType Json = new(ColumnKind.Json, "JSON");

    private readonly ModelSchema _model;
    private readonly IReadOnlyList<Column> _columns;
    private readonly ValueForm _form;
    private readonly IReadOnlyDictionary<string, string> _named;
    private readonly IReadOnlyDictionary<string, string> _folders;
    private readonly List<ColumnFault> _faults = [];
    private readonly List<(string Place, string Name)> _missing = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal); // places by columns
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal); // and where that was said

    public ColumnSearch(
        ModelSchema model, IReadOnlyList<Column> columns, ValueForm form, IReadOnlyDictionary<string, string> named,
        IReadOnlyDictionary<string, string> folders)
    {
        (_model, _columns, _form, _named) = (model, columns, form, named);
        _folders = folders.Where(one => !columns.Any(column => IsCalled(column, one.Key)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, name) in named)
        {
            if (place.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase)
                && Column.Called(name, columns) is [var one])
            {
                _said.TryAdd(one.Name, place);
            }
        }
    }

    /// <summary>All that is wrong, names that stand for no parameter among it.</summary>
    public IReadOnlyList<ColumnFault> Faults() =>
    [
        .. _faults,
        .. _missing.ExceptBy(_faults.Select(one => one.Parameter), one => one.Place)
            .Select(one => OfDefault(one.Place, one.Name)).OfType<ColumnFault>(),
        .. _named.Keys.Where(one => !_asked.Contains(one)).Select(one => new ColumnFault(
            one, $"The query takes no '{one}'{Nearest.Hint(one, _asked)}, and a column is named for it.")),
    ];

    /// <summary>Finds the columns of parameters or members.</summary>
    /// <param name="members">What is looked for.</param>
    /// <param name="within">The object that they are members of, with a dot behind it; empty for parameters.</param>
    /// <param name="isNeeded">Whether that object is needed, and has no default.</param>
    public List<ColumnNode> Find(IReadOnlyList<MemberSchema> members, string within, bool isNeeded = true)
    {
        // First those of all members, then those within them: what a parameter is called is no member of another.
        var own = members.Where(one => !one.ReadOnly).Select(one =>
        {
            var column = ColumnOf(one.Name, within + one.Name, isNeeded, out var isWrong);
            return (Member: one, Column: column, IsWrong: isWrong);
        }).ToList();
        return
        [
            .. own.Select(one => Find(one.Member, within + one.Member.Name, one.Column, one.IsWrong, isNeeded))
                .OfType<ColumnNode>(),
        ];
    }

    /// <summary>Finds the columns of a table, of which each row is one.</summary>
    /// <param name="table">The parameter of it.</param>
    /// <param name="parameters">All of them: those beside the table have their defaults.</param>
    public ColumnNode FindTable(MemberSchema table, IReadOnlyList<MemberSchema> parameters)
    {
        foreach (var other in parameters.Where(one => one != table))
        {
            _asked.Add(other.Name);
            if (other.Required)
            {
                _faults.Add(new(
                    other.Name,
                    $"It is one value for all rows of '{table.Name}', which no column has. A job asks queries where "
                    + "all but the table has a default."));
            }
            else if (ColumnOf(other.Name, other.Name, isNeeded: true, out var isWrong) is { } column && !isWrong)
            {
                _faults.Add(new(
                    other.Name,
                    $"It is one value for all rows of '{table.Name}', and the column '{column.Name}' has one for each. "
                    + "Call the column otherwise in a query, and the parameter has its default."));
            }
        }

        _asked.Add(table.Name);
        return new(table.Name, Find(table.Type.Columns ?? [], table.Name + "."), isTable: true);
    }

    private ColumnNode? Find(MemberSchema member, string place, Column? column, bool isWrong, bool isNeeded)
    {
        if (column is not null)
        {
            return Of(member, place, column);
        }

        if (isWrong)
        {
            return null;
        }

        if (MembersOf(member) is { } inner && place.Count(one => one == '.') < Deepest)
        {
            return Members(member, inner, place, isNeeded && member.Required);
        }

        _missing.Add((place, member.Name));
        if (member.Required || Other(member.Name, place) is not null)
        {
            _faults.Add(new(place, Missing(member.Name, place))); // it has no default where a column is called so
        }

        return null;
    }

    private string Missing(string name, string place) =>
        Other(name, place) is { } other
            ? $"The column '{other}' is that of '{OwnerOf(other)}'. Say which is meant with --map {place}=COLUMN."
            : _folders.TryGetValue(name, out var folder) ? folder
            : place.Contains('.', StringComparison.Ordinal) && Column.Called(place, _columns) is [var whole]
            ? $"There is no column '{name}'. Say that '{whole.Name}' is meant with --map {place}={whole.Name}."
            : $"There is no column '{name}'{Nearest.Hint(name, _columns)}.";

    /// <summary>The column that a member would have if it were not another's.</summary>
    private string? Other(string name, string place) => _columns.Where(one => IsCalled(one, name))
        .OrderByDescending(one => one.Name == name).Select(one => one.Name)
        .FirstOrDefault(one => OwnerOf(one) is { } other && other != place);

    private string? OwnerOf(string column) => _byName.GetValueOrDefault(column) ?? _said.GetValueOrDefault(column);

    private ColumnNode? Of(MemberSchema member, string place, Column column)
    {
        var values = _form switch
        {
            ValueForm.Text => TextColumns.OfText(member.Type, _model),
            ValueForm.Json => TextColumns.OfJson,
            _ => new ColumnTypes(_model, _faults).Of(column.Type, member.Type, place),
        };
        return values is null ? null : new(
            member.Name, _form == ValueForm.Json ? column with { Type = Json } : column, values,
            _form == ValueForm.Json || (!member.Required && !member.Type.Nullable),
            _form == ValueForm.Json
                || (column.Type.Kind == ColumnKind.Text && ColumnTypes.IsReadAsJson(member.Type, _model)));
    }

    private ColumnNode? Members(MemberSchema member, IReadOnlyList<MemberSchema> inner, string place, bool isNeeded)
    {
        var before = _faults.Count;
        var nodes = Find(inner, place + ".", isNeeded);
        if (nodes.Count == 0 && !member.Required)
        {
            _faults.RemoveRange(before, _faults.Count - before); // nothing of it is there: it has its default
            _missing.Add((place, member.Name));
            return null;
        }

        return new(member.Name, nodes);
    }

    /// <summary>
    /// What would have its default although a column seems to be meant: a space behind a comma is part of a name.
    /// Of what is required, and is not there, a fault says so anyway.
    /// </summary>
    private ColumnFault? OfDefault(string place, string name)
    {
        if (_folders.TryGetValue(name, out var folder))
        {
            return new(place, folder);
        }

        var left = _columns.Where(one => !_taken.Contains(one.Name)).ToList();
        var alike = left.Find(one => Nearest.IsAlike(one.Name, name));
        var within = left.Find(one => _asked.Contains(one.Name) && (one.Name == place
            || one.Name.StartsWith(place + ".", StringComparison.Ordinal))); // as pandas.json_normalize has it
        return (alike ?? within) is not { } column ? null : new(
            place,
            $"There is no column '{name}', and '{column.Name}' may be meant: say so with --map "
            + $"{(alike is null ? column.Name : place)}=\"{column.Name}\", or give the column another name in a query; "
            + "else the default would be taken.");
    }

    /// <summary>The members of a parameter that is an object of one known type.</summary>
    private IReadOnlyList<MemberSchema>? MembersOf(MemberSchema member) =>
        member.Type.Kind == TypeKind.Ref ? _model.TypeOf(member.Type.Ref!).Members : null;

    private static bool IsCalled(Column column, string name) =>
        string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Names are compared as they are, and else without case, as SQL does, if that leaves no choice. A column that one
    /// member has is another's of the same name (<c>left.carat</c> and <c>right.carat</c>) only where that is said; and
    /// an object that may be left out is not made of columns that are said to be those of another.
    /// </summary>
    private Column? ColumnOf(string name, string place, bool isNeeded, out bool isWrong)
    {
        isWrong = false;
        _asked.Add(place);
        var wanted = _named.TryGetValue(place, out var other) ? other : name;
        switch (Column.Called(wanted, _columns))
        {
            case [var one] when other is null
                && ((!isNeeded && _said.ContainsKey(one.Name)) || !_byName.TryAdd(one.Name, place)):
                return null;
            case [var one]:
                _taken.Add(one.Name);
                if (_said.GetValueOrDefault(one.Name) == place)
                {
                    _byName.TryAdd(one.Name, place); // it is not that of one behind it, of which nothing is said
                }

                return one;
            case [_, _, ..] several:
                isWrong = true;
                _faults.Add(new(
                    place,
                    "Several columns are called so but for their case: "
                    + $"{string.Join(", ", several.Select(one => $"'{one.Name}'"))}. Say which with --map "
                    + $"{place}=COLUMN."));
                return null;
            default:
                if (other is not null)
                {
                    isWrong = true;
                    _faults.Add(new(place, $"There is no column '{other}'{Nearest.Hint(other, _columns)}."));
                }

                return null;
        }
    }
}
