using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service;

/// <summary>Answers one query whose answer to one call is one value.</summary>
internal sealed class ValueHandler<TArguments, TAnswer>(
    ServedQuery<TArguments, TAnswer> query, JsonForm<TArguments, TAnswer> form, QueryServices services)
    : QueryHandler<TArguments, TAnswer, TAnswer>(query, form, services)
    where TArguments : struct
{
    protected override bool TryWrite(JsonOutput output, TAnswer answer)
    {
        Form.Write(output, answer);
        return true;
    }

    protected override ValueTask WriteAsync(JsonOutput output, TAnswer answer)
    {
        TryWrite(output, answer);
        return default;
    }
}
