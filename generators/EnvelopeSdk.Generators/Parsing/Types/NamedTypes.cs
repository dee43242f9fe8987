using System;
using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Generators.Parsing.Rules;
using Microsoft.CodeAnalysis;

namespace EnvelopeSdk.Generators.Parsing.Types;

/// <summary>The enums, objects and unions of one model, each under a name of its own.</summary>
internal sealed class NamedTypes
{
    // By their code: symbols do not tell Box<string> from Box<string?>, or tell apart what is the same to a caller.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Reason> _refused = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NamedTypeSpec?> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, INamedTypeSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly List<string> _met = [];
    private int _depth;

    public delegate NamedTypeSpec? Parser(string name, out Reason reason);

    /// <summary>Those that are parsed, sorted by name.</summary>
    public IEnumerable<NamedTypeSpec> All => _named.Values.OfType<NamedTypeSpec>();

    public NamedTypeSpec? Find(string name) => _named.TryGetValue(name, out var type) ? type : null;

    /// <summary>The type that has a name.</summary>
    public INamedTypeSymbol SymbolOf(string name) => _symbols[name];

    /// <summary>The name of a type, which is parsed when it is met first.</summary>
    /// <param name="key">Tells it from all others.</param>
    /// <param name="name">The name that it should have.</param>
    /// <param name="type">The type.</param>
    /// <param name="parse">Parses it under the name it gets.</param>
    /// <param name="reason">Why it cannot be served, if the result is null.</param>
    public string? GetOrAdd(string key, string name, INamedTypeSymbol type, Parser parse, out Reason reason)
    {
        if (_refused.TryGetValue(key, out reason))
        {
            return null;
        }

        if (_names.TryGetValue(key, out var known))
        {
            reason = default;
            return known;
        }

        reason = _depth == Vastness.MaxDepth ? Vastness.TooDeep
            : _met.Count == Vastness.MaxTypes ? Vastness.TooMany
            : default;
        if (!reason.IsNone)
        {
            return null;
        }

        var before = _met.Count;
        var unique = TypeNames.Unique(name, type, _named.ContainsKey);
        _met.Add(key);
        _names.Add(key, unique);
        _symbols[unique] = type;
        _named.Add(unique, null); // known while its members are parsed: a type may contain itself
        _depth++;
        _named[unique] = parse(unique, out reason);
        _depth--;
        reason = reason.IsNone ? reason : reason.At(type, type);
        if (_named[unique] is not null && _depth == 0 && Endings.FindEndless(All) is { } endless)
        {
            _named[unique] = null;
            reason = new(
                RuleIds.EndlessValue,
                $"every value of {endless.Name} contains another one, so none can be written; make a member of it "
                    + "nullable");
        }

        if (_named[unique] is not null)
        {
            return unique;
        }

        Forget(before);
        _refused.Add(key, reason);
        return null;
    }

    /// <summary>
    /// Types that were met inside a refused one may contain it; they are parsed anew when they are met elsewhere.
    /// </summary>
    private void Forget(int before)
    {
        foreach (var type in _met.Skip(before))
        {
            _named.Remove(_names[type]);
            _names.Remove(type);
        }

        _met.RemoveRange(before, _met.Count - before);
    }
}
