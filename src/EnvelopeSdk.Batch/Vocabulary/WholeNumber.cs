using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace EnvelopeSdk.Batch.Vocabulary;

/// <summary>Whole numbers of a command line, of which what is none is said in words of the user's.</summary>
internal static class WholeNumber
{
    /// <summary>An option that takes one; null: it was not given.</summary>
    /// <typeparam name="T">Its type, which bounds it.</typeparam>
    /// <param name="name">What the option is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="least">The least that it can be; else the least of its type.</param>
    /// <param name="usual">What it is if it was not given.</param>
    public static Option<T?> Option<T>(string name, string description, T? least = null, T? usual = null)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var option = new Option<T?>(name)
        {
            Description = description,
            CustomParser = one => Parse(one, name, least ?? T.MinValue),
        };
        if (usual is not null)
        {
            option.DefaultValueFactory = _ => usual;
        }

        return option;
    }

    /// <summary>An argument that is one, from 1 on.</summary>
    /// <typeparam name="T">Its type, which bounds it.</typeparam>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it is.</param>
    public static Argument<T> Argument<T>(string name, string description)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(name) { Description = description, CustomParser = one => Parse(one, name, T.One) ?? default };

    private static T? Parse<T>(ArgumentResult given, string name, T least)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var text = given.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        given.AddError(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} is a whole number from {least} to {T.MaxValue}, and '{text}' is none."));
        return null;
    }
}
