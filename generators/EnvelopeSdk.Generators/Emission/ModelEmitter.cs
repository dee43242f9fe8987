using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits the generated part of a model class: its schema, how its state is saved and loaded, and its example recorders.</summary>
internal static class ModelEmitter
{
    private const string Authoring = "global::EnvelopeSdk.Authoring";
    private const string Cancellation = "global::System.Threading.CancellationToken cancellationToken";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public static string Emit(ModelSpec model)
    {
        var part = Part(model);
        return Code.HeaderOf(model) + (model.Namespace.Length == 0 ? part : $"namespace {model.Namespace}\n{{\n    {part.Indent(4)}\n}}\n");
    }

    private static string Part(ModelSpec model)
    {
        return $$"""
            partial {{model.TypeKeyword}} {{model.ClassName}} : {{Authoring}}.IEnvelopeModel<{{model.FullName}}>
            {
            #pragma warning disable CS9124 // the parameter is kept here to be saved, and may be kept by the class as well
                {{model.State.Where(IsStored).Lines(Field).Indent(4)}}
            #pragma warning restore CS9124

                static string {{Authoring}}.IEnvelopeModel<{{model.FullName}}>.EnvelopeName => {{Code.Literal(model.EnvelopeName)}};

                static global::System.ReadOnlySpan<byte> {{Authoring}}.IEnvelopeModel<{{model.FullName}}>.SchemaJson =>
                    {{Code.Literal(SchemaText.Of(model))}}u8;

                async {{ValueTask}} {{Authoring}}.IEnvelopeModel<{{model.FullName}}>.SaveStateAsync({{Authoring}}.StateWriter writer, {{Cancellation}})
                {
                    {{Body(model.State.Select(Save)).Indent(8)}}
                }

                static async {{ValueTask}}<{{model.FullName}}> {{Authoring}}.IEnvelopeModel<{{model.FullName}}>.LoadStateAsync({{Authoring}}.StateReader reader, {{Cancellation}})
                {
                    {{Body(model.State.Where(IsStored).Select(Load)).Indent(8)}}
                    {{Create(model)}}
                }

                {{model.Queries.Select(Example).Concat(model.RefusedMethods.Select(RefusedExample)).Blocks().Indent(4)}}

                private static class EnvelopeJson
                {
                    {{Json(model).Blocks().Indent(8)}}
                }
            }
            """;
    }

    private static IEnumerable<string> Json(ModelSpec model)
    {
        var stored = model.State.Select(state => state.Json).OfType<TypeSpec>().ToList();
        var written = model.Queries.SelectMany(query => query.Parameters.Select(parameter => parameter.Type).Append(query.Answer)).Concat(stored).ToList();
        return
        [
            TypeClosure.Shared(model, written),
            model.State.Where(state => state.Json is not null).Select(StateMethods).Concat(model.Queries.Select(QueryMethods)).Blocks(),
            JsonReaderEmitter.Methods(new TypeClosure(model, stored)),
            JsonWriterEmitter.Methods(new TypeClosure(model, written)),
        ];
    }

    private static bool IsStored(StateSpec state) => state.Codec is not null || state.Json is not null;

    private static string Create(ModelSpec model) => model.IsCreatable
        ? $"return new {model.FullName}({model.State.Commas(state => $"value_{state.Name}")});"
        : $"throw new global::System.NotSupportedException({Code.Literal($"'{model.ClassName}' cannot be created from stored state.")});";

    private static string Field(StateSpec state) => $"private readonly {state.CSharp} __{state.Name} = @{state.Name};";

    private static string Body(IEnumerable<string> statements) => statements.DefaultIfEmpty("await default(global::System.Threading.Tasks.ValueTask);").Lines(statement => statement);

    private static string Save(StateSpec state) => state switch
    {
        { Codec: { } codec } => $"await writer.WriteAsync<{Stored(state)}>({Code.Literal(state.Name)}, __{state.Name}!, new {codec}(), cancellationToken);",
        { Json: not null } => $"await writer.WriteJsonAsync({Code.Literal(state.Name)}, json => EnvelopeJson.SaveState_{state.Name}(json, __{state.Name}), cancellationToken);",
        _ => $"throw new global::System.NotSupportedException({Code.Literal($"'{state.Name}' cannot be stored.")});",
    };

    /// <summary>A codec stores no null; the writer refuses it.</summary>
    private static string Stored(StateSpec state) => state.CSharp.TrimEnd('?');

    private static string Load(StateSpec state) => state switch
    {
        { Codec: { } codec } => $"var value_{state.Name} = await reader.ReadAsync<{Stored(state)}>({Code.Literal(state.Name)}, new {codec}(), cancellationToken);",
        _ => $"var value_{state.Name} = await reader.ReadJsonAsync<{state.CSharp}>({Code.Literal(state.Name)}, EnvelopeJson.LoadState_{state.Name}, cancellationToken);",
    };

    /// <summary>Methods whose names begin otherwise than <c>Read</c> and <c>Write</c>: those are followed by the names of the user's types.</summary>
    private static string StateMethods(StateSpec state) =>
        $$"""
        public static {{state.CSharp}} LoadState_{{state.Name}}(ref global::EnvelopeSdk.Binding.JsonInput input) =>
            {{JsonReaderEmitter.Read(state.Json!)}};

        public static void SaveState_{{state.Name}}(global::EnvelopeSdk.Binding.JsonOutput output, {{state.CSharp}} value)
        {
            {{JsonWriterEmitter.Write(state.Json!, "value")}}
        }
        """;

    private static string Example(QuerySpec query)
    {
        var own = Own(query);
        return $$"""
            /// <summary>Calls <c>{{query.Method}}</c> and records the arguments and the answer as an example of the query <c>{{query.Name}}</c>.</summary>
            public {{ExampleSignature(query.Method, query.Delivery)}}({{string.Join(", ", Declared(query))}})
            {
                {{query.Tables.Where(table => table.Parameter is not null)
                    .Select(table => $"var {own}{table.Slot} = {ToData(table, "@" + table.Parameter)}; // before the method can change it")
                    .Append(Answer(query, query.Call("this", parameter => "@" + parameter.Name, "@" + query.Token?.Name), own)).Lines(statement => statement).Indent(4)}}
                return global::EnvelopeSdk.PredictionExample.Record(
                    {{Code.Literal(query.Name)}},
                    {{own}}output => EnvelopeJson.RecordArguments_{{Id(query)}}({{own}}output{{string.Concat(query.Parameters.Select(parameter => parameter.Type is TableSpec table ? $", {own}{table.Slot}" : ", @" + parameter.Name))}}),
                    {{own}}output => EnvelopeJson.RecordAnswer_{{Id(query)}}({{own}}output, {{own}}answer)){{string.Concat(query.Tables.Select(table => $".WithTable({table.Place}, {own}{table.Slot})"))}};
            }
            """;
    }

    /// <summary>What the names of the example's own variables begin with, and no name of a parameter does.</summary>
    private static string Own(QuerySpec query)
    {
        var own = "__";
        while (query.Parameters.Any(parameter => parameter.Name.StartsWith(own, System.StringComparison.Ordinal)) || query.Token?.Name.StartsWith(own, System.StringComparison.Ordinal) == true)
        {
            own += "_";
        }

        return own;
    }

    /// <summary>The parameters, and behind them the token, which a caller may leave out; but what may be listed is always the last.</summary>
    private static IEnumerable<string> Declared(QuerySpec query)
    {
        var token = query.Token is null ? [] : new[] { $"global::System.Threading.CancellationToken @{query.Token.Name} = default" };
        return query.Parameters.Where(parameter => !parameter.IsParams).Select(Declare).Concat(token).Concat(query.Parameters.Where(parameter => parameter.IsParams).Select(Declare));
    }

    /// <summary>The statements that keep what a call answers.</summary>
    private static string Answer(QuerySpec query, string call, string own) => query.Delivery switch
    {
        Delivery.Awaited => $"var {own}answer = {ToData(query.Returns, $"await {call}.ConfigureAwait(false)")};",
        Delivery.Streamed => $$"""
            var {{own}}answer = new {{query.Answer.CSharp}}();
            await foreach (var {{own}}item in global::System.Threading.Tasks.TaskAsyncEnumerableExtensions.ConfigureAwait({{call}}, false))
            {
                {{own}}answer.Add({{own}}item);
            }

            """,
        _ => $"var {own}answer = {ToData(query.Returns, call)};",
    };

    private static string ToData(TypeSpec type, string value) => type is TableSpec table
        ? $"global::EnvelopeSdk.Tables.TableData.Of<{table.NonNull}>({value}, new {table.Codec}())"
        : value;

    private static string ExampleSignature(string method, Delivery delivery, bool hasBody = true)
    {
        const string Example = "global::EnvelopeSdk.PredictionExample";
        var returns = delivery == Delivery.Returned ? Example : $"{(hasBody ? "async " : "")}global::System.Threading.Tasks.Task<{Example}>";
        return $"{returns} {QuerySpec.RecorderOf(method, delivery)}";
    }

    private static string QueryMethods(QuerySpec query) =>
        $$"""
        public static void RecordArguments_{{Id(query)}}(global::EnvelopeSdk.Binding.JsonOutput output{{string.Concat(query.Parameters.Select(parameter => $", {parameter.Type.Bound} value_{parameter.Name}"))}})
        {
            {{JsonWriterEmitter.WriteObject(query.Parameters, "value_").Indent(4)}}
        }

        public static void RecordAnswer_{{Id(query)}}(global::EnvelopeSdk.Binding.JsonOutput output, {{query.Answer.Bound}} value)
        {
            {{JsonWriterEmitter.Write(query.Answer, "value")}}
        }
        """;

    private static string Declare(MemberSpec parameter) =>
        $"{(parameter.IsParams ? "params " : "")}{parameter.Type.CSharp} @{parameter.Name}{(parameter.Default is { } value ? " = " + value.CSharp : "")}";

    private static string RefusedExample(RefusedMethodSpec method) =>
        $$"""
        /// <summary><c>{{method.Method}}</c> cannot be served; the analyzers say why.</summary>
        {{method.Modifiers}} {{ExampleSignature(method.Method, method.Delivery, hasBody: false)}}{{method.TypeParameters}}({{method.Parameters}}){{method.Constraints}} =>
            throw new global::System.NotSupportedException({{Code.Literal($"'{method.Method}' cannot be served.")}});
        """;

    private static string Id(QuerySpec query) => query.Name.Replace('-', '_');
}
