using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits how the values of the constructor's parameters are stored and given back.</summary>
internal static class StateEmitter
{
    /// <summary>
    /// The members of the class that loads: of <c>reader</c> and <c>cancellationToken</c> it makes a model.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="json">The class that has <see cref="ReadMethod"/> of each piece of state.</param>
    public static string LoadBody(ModelSpec model, string json) =>
        Awaiting(model.State.Where(IsStored).Select(state => Load(state, json)).Append(Create(model)));

    /// <summary>The statements that store the fields <c>__NAME</c> with <c>writer</c>.</summary>
    public static string SaveBody(ModelSpec model, string json) =>
        Awaiting(model.State.Select(state => Save(state, json)));

    public static bool IsStored(StateSpec state) => state.Codec is not null || state.Json is not null;

    /// <summary>
    /// The method that reads a piece of state stored as JSON. Its name begins otherwise than <c>Read</c>: that is
    /// followed by the names of the user's types.
    /// </summary>
    public static string ReadMethod(StateSpec state) =>
        $$"""
        public static {{state.CSharp}} LoadState_{{state.Name}}({{JsonReaderEmitter.Input}}) =>
            {{JsonReaderEmitter.Read(state.Json!)}};
        """;

    /// <summary>The method that writes it.</summary>
    public static string WriteMethod(StateSpec state) =>
        $$"""
        public static void SaveState_{{state.Name}}({{JsonWriterEmitter.Output}} output, {{state.CSharp}} value)
        {
            {{JsonWriterEmitter.Write(state.Json!, "value")}}
        }
        """;

    /// <summary>A method that awaits nothing is a warning.</summary>
    private static string Awaiting(IEnumerable<string> statements)
    {
        var lines = statements.ToList();
        var body = lines.Any(line => line.Contains("await "))
            ? lines
            : lines.Prepend("await default(global::System.Threading.Tasks.ValueTask);");
        return body.Lines(line => line);
    }

    private static string Create(ModelSpec model) => model.IsCreatable
        ? $"return new {model.FullName}({model.State.Commas(state => $"value_{state.Name}")});"
        : NotSupported($"'{model.ClassName}' cannot be created from stored state.");

    private static string Save(StateSpec state, string json) => state switch
    {
        { Codec: { } codec } =>
            $"await writer.WriteAsync<{Stored(state)}>("
            + $"{Code.Literal(state.Name)}, __{state.Name}!, new {codec}(), cancellationToken);",
        { Json: not null } =>
            $"await writer.WriteJsonAsync({Code.Literal(state.Name)}, "
            + $"output => {json}.SaveState_{state.Name}(output, __{state.Name}), cancellationToken);",
        _ => NotSupported($"'{state.Name}' cannot be stored."),
    };

    private static string Load(StateSpec state, string json) => state switch
    {
        { Codec: { } codec } =>
            $"var value_{state.Name} = await reader.ReadAsync<{Stored(state)}>("
            + $"{Code.Literal(state.Name)}, new {codec}(), cancellationToken);",
        _ =>
            $"var value_{state.Name} = await reader.ReadJsonAsync<{state.CSharp}>("
            + $"{Code.Literal(state.Name)}, {json}.LoadState_{state.Name}, cancellationToken);",
    };

    private static string NotSupported(string message) =>
        $"throw new global::System.NotSupportedException({Code.Literal(message)});";

    /// <summary>A codec stores no null; the writer refuses it.</summary>
    private static string Stored(StateSpec state) => state.CSharp.TrimEnd('?');
}
