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
    // The host's two cultures that were last found to be like the model's, which cannot change: each row of a batch asks.
    private CultureInfo? _same;
    private CultureInfo? _sameOfTexts;

    public ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken) =>
        IsCurrent()
            ? query.InvokeAsync(model, arguments, cancellationToken)
            : InCultureAsync(arguments, cancellationToken);

    public void Visit(in TArguments arguments, IArgumentVisitor visitor) => query.Visit(arguments, visitor);

    private bool IsCurrent()
    {
        var (current, ofTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        if (ReferenceEquals(current, _same) && ReferenceEquals(ofTexts, _sameOfTexts))
        {
            return true;
        }

        if (!ModelCulture.IsCurrent(culture))
        {
            return false;
        }

        (_same, _sameOfTexts) = (current, ofTexts);
        return true;
    }

    // Apart, so that a call on a host that has the culture allocates nothing for it.
    private ValueTask<TAnswer> InCultureAsync(TArguments arguments, CancellationToken cancellationToken) =>
        new(ModelCulture.RunAsync(culture, () => query.InvokeAsync(model, arguments, cancellationToken)));
}
