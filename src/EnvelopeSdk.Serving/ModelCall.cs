using System.Globalization;
using EnvelopeSdk.Authoring;

namespace EnvelopeSdk.Serving;

/// <summary>The innermost call: the model itself, in the envelope's culture.</summary>
internal sealed class ModelCall<TModel, TArguments, TAnswer>(
    Query<TModel, TArguments, TAnswer> query, TModel model, CultureInfo culture)
    : IQueryCall<TArguments, TAnswer>
    where TModel : class
    where TArguments : struct
{
    // What a host has in the culture's place, found to be the same: neither can change, and each row of a batch asks.
    private CultureInfo? _same;

    public ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken) =>
        IsCurrent()
            ? query.InvokeAsync(model, arguments, cancellationToken)
            : InCultureAsync(arguments, cancellationToken);

    public void Visit(in TArguments arguments, IArgumentVisitor visitor) => query.Visit(arguments, visitor);

    private bool IsCurrent()
    {
        var (current, ofTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        if (ReferenceEquals(current, _same) && ReferenceEquals(ofTexts, _same))
        {
            return true;
        }

        if (!ModelCulture.IsCurrent(culture))
        {
            return false;
        }

        _same = current;
        return true;
    }

    // Apart, so that a call on a host that has the culture allocates nothing for it.
    private ValueTask<TAnswer> InCultureAsync(TArguments arguments, CancellationToken cancellationToken) =>
        new(ModelCulture.RunAsync(culture, () => query.InvokeAsync(model, arguments, cancellationToken)));
}
