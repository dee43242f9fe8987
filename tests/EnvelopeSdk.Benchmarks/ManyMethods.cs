namespace EnvelopeSdk.Benchmarks;

/// <summary>Sources of a training project with a thousand predict methods, each with documentation, constraints, a default value, and types of its own class.</summary>
internal static class ManyMethods
{
    private const int Count = 1000;

    /// <summary>One source for each class.</summary>
    public static IEnumerable<string> Sources(int classes) => Enumerable.Range(0, classes).Select(i => Class(i, Count / classes));

    /// <summary>The source of a class with other statements in its first method.</summary>
    public static string Edited(string source) => source.Replace("return row0.Carat * 0 ", "return row0.Carat * 7 ", StringComparison.Ordinal);

    private static string Class(int i, int methods) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using EnvelopeSdk;

        namespace Models.M{{i}};

        public enum Cut { Fair, Good, Ideal }

        /// <summary>A row.</summary>
        /// <param name="Carat">The weight.</param>
        /// <param name="Cut">The quality.</param>
        public record Row([property: Range(0, 6)] double Carat, Cut Cut, string? Note, List<double> Sizes, Dictionary<string, int> Counts);

        /// <summary>A model.</summary>
        [EnvelopeModel("model-{{i}}")]
        public sealed partial class Model(double factor, string[] labels)
        {
            public string[] Labels { get; } = labels;

            {{string.Join("\n\n    ", Enumerable.Range(0, methods).Select(Method))}}
        }
        """;

    private static string Method(int i) =>
        $$"""
        /// <summary>Predicts number {{i}}.</summary>
            /// <param name="row0">A row.</param>
            /// <param name="scale">A scale.</param>
            /// <returns>The number.</returns>
            [Predict]
            public double Predict{{i}}(Row row0, double scale = 0.5, params int[] rest)
            {
                return row0.Carat * {{i}} * factor * scale + rest.Length;
            }
        """;
}
