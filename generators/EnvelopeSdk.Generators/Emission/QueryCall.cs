using System;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the call of a predict method.</summary>
internal static class QueryCall
{
    /// <param name="query">The method.</param>
    /// <param name="model">The model.</param>
    /// <param name="argument">Writes the argument for a parameter.</param>
    /// <param name="token">The argument for the cancellation token.</param>
    public static string Of(QuerySpec query, string model, Func<MemberSpec, string> argument, string token)
    {
        var arguments = query.Parameters
            .Select(parameter => argument(parameter) + (query.Base is null ? "" : "!")).ToList();
        if (query.Token is not null)
        {
            arguments.Insert(query.Token.Position, token);
        }

        var call = $"@{query.Method}({string.Join(", ", arguments)})";
        return query.Base is { } declared
            ? $"(({declared.Returns})(({declared.Class}){model}).{call}!)"
            : $"{model}.{call}";
    }
}
