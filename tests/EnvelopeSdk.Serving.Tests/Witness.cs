using System.Globalization;
using EnvelopeSdk.Schema;

namespace EnvelopeSdk.Serving.Tests;

/// <summary>Writes down what passes it.</summary>
/// <param name="name">Begins each line.</param>
/// <param name="lines">Receives them.</param>
internal sealed class Witness(string name, List<string> lines) : ICallDecorator
{
    /// <summary>Is added to each answer that is a number.</summary>
    public double Added { get; init; }

    /// <summary>Is thrown instead of a call.</summary>
    public Exception? Refusal { get; init; }

    public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(
        QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
        where TArguments : struct
    {
        lines.Add($"{name} wraps {query.Name}({string.Join(", ", query.Parameters.Select(parameter => parameter.Name))})");
        return new Call<TArguments, TAnswer>(this, query.Name, inner);
    }

    private void Write(FormattableString line) => lines.Add($"{name} {line.ToString(CultureInfo.InvariantCulture)}");

    private sealed class Call<TArguments, TAnswer>(Witness witness, string query, IQueryCall<TArguments, TAnswer> inner)
        : IQueryCall<TArguments, TAnswer>
        where TArguments : struct
    {
        public async ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
        {
            var visitor = new Arguments();
            Visit(arguments, visitor);
            witness.Write($"sees {query}({string.Join(", ", visitor.Seen)})");
            if (witness.Refusal is not null)
            {
                throw witness.Refusal;
            }

            var answer = await inner.InvokeAsync(arguments, cancellationToken);
            witness.Write($"has {typeof(TAnswer).Name} {(answer is double number ? number : "")}");
            return answer is double one ? (TAnswer)(object)(one + witness.Added) : answer;
        }

        public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
    }

    private sealed class Arguments : IArgumentVisitor
    {
        public List<string> Seen { get; } = [];

        public void Visit<T>(int index, T value) =>
            Seen.Add(string.Create(CultureInfo.InvariantCulture, $"{index}: {typeof(T).Name} {value}"));
    }
}
