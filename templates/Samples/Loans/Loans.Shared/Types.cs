using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Loans.Shared;

/// <summary>What the money is for.</summary>
public enum Purpose : byte { Car = 1, House = 2, Other = 9 }

/// <summary>A person who asks for a loan.</summary>
/// <param name="Name">Given and family name.</param>
/// <param name="BirthYear">Year of birth, if it is known.</param>
/// <param name="Incomes">Yearly incomes in euros, the latest first.</param>
public sealed record Applicant(string Name, int? BirthYear, decimal[] Incomes, string? Note = null);

/// <summary>An answer with its reasons.</summary>
public readonly record struct Decision(bool Granted, double Score, List<string> Reasons)
{
    public Purpose Purpose { get; init; } = Purpose.Other;
}

/// <summary>A type called like one that every service has. Its own code refuses a negative level.</summary>
public sealed record ProblemDetails(int Level)
{
    public int Level { get; init; } = Level >= 0 ? Level : throw new ArgumentOutOfRangeException(nameof(Level));
}

/// <summary>What secures a loan.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(House), "house")]
[JsonDerivedType(typeof(Guarantee), "guarantee")]
public abstract record Security;

/// <summary>A house.</summary>
public sealed record House([Range(0, 1e9)] decimal Worth, (double Latitude, double Longitude) Place) : Security;

/// <summary>A person who pays if the other does not.</summary>
public sealed record Guarantee(Guid Person, DateOnly Until, Security? Behind = null) : Security;

/// <summary>How a customer may be asked.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter))]
public enum Channels { None, Mail = 1, Phone = 2, Visit = 4 }

/// <summary>A size.</summary>
public sealed record Größe(int Wert);

public static class Scoring
{
    public static double Score(decimal[] incomes, double weight)
    {
        var sum = 0m;
        foreach (var income in incomes)
        {
            sum += income;
        }

        return (double)sum * weight;
    }
}
