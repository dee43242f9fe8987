using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>
/// Emits the generated part of a model class: its schema, how its state is saved and loaded, and its example recorders.
/// </summary>
internal static class ModelEmitter
{
    private const string Authoring = "global::EnvelopeSdk.Authoring";
    private const string Cancellation = "global::System.Threading.CancellationToken cancellationToken";
    private const string Reader = $"{Authoring}.StateReader reader";
    private const string Writer = $"{Authoring}.StateWriter writer";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string AsyncExtensions = "global::System.Threading.Tasks.TaskAsyncEnumerableExtensions";
    private const string WhyKept = "the parameter is kept here to be saved, and may be kept by the class as well";

    public static string Emit(ModelSpec model)
    {
        var part = Part(model);
        return Code.HeaderOf(model)
            + (model.Namespace.Length == 0 ? part : $"namespace {model.Namespace}\n{{\n    {part.Indent(4)}\n}}\n");
    }

    private static string Part(ModelSpec model)
    {
        var contract = $"{Authoring}.IEnvelopeModel<{model.FullName}>";
        return $$"""
            {{StateAttribute(model)}}
            partial {{model.TypeKeyword}} {{model.ClassName}} : {{contract}}
            {
            #pragma warning disable CS9124 // {{WhyKept}}
                {{model.State.Where(StateEmitter.IsStored).Lines(Field).Indent(4)}}
            #pragma warning restore CS9124

                static string {{contract}}.EnvelopeName => {{Code.Literal(model.EnvelopeName)}};

                static global::System.ReadOnlySpan<byte> {{contract}}.SchemaJson =>
                    {{Code.Literal(SchemaText.Of(model))}}u8;

                async {{ValueTask}} {{contract}}.SaveStateAsync({{Writer}}, {{Cancellation}})
                {
                    {{StateEmitter.SaveBody(model, "EnvelopeJson").Indent(8)}}
                }

                static async {{ValueTask}}<{{model.FullName}}> {{contract}}.LoadStateAsync({{Reader}}, {{Cancellation}})
                {
                    {{StateEmitter.LoadBody(model, "EnvelopeJson").Indent(8)}}
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
        var written = model.Queries
            .SelectMany(query => query.Parameters.Select(parameter => parameter.Type).Append(query.Answer))
            .Concat(stored).ToList();
        var state = new TypeClosure(model, stored);
        return
        [
            TypeClosure.Shared(model, written),
            Stored(model).SelectMany(state => new[] { StateEmitter.ReadMethod(state), StateEmitter.WriteMethod(state) })
                .Concat(model.Queries.Select(QueryMethods)).Blocks(),
            JsonReaderEmitter.Methods(state, state, ReaderForm.State),
            JsonWriterEmitter.Methods(new TypeClosure(model, written), state),
        ];
    }

    private static IEnumerable<StateSpec> Stored(ModelSpec model) => model.State.Where(state => state.Json is not null);

    private static string Field(StateSpec state) => $"private readonly {state.CSharp} __{state.Name} = @{state.Name};";

    /// <summary>The types without what a <c>typeof</c> cannot say: whether they may be null.</summary>
    private static string StateAttribute(ModelSpec model) =>
        $"[{Authoring}.ModelState([{model.State.Commas(state => Code.Literal(state.Name))}], "
        + $"[{model.State.Commas(state => $"typeof({state.TypeOf})")}])]";

    private static string Example(QuerySpec query)
    {
        var own = Own(query);
        var summary = $"Calls <c>{query.Method}</c> and records the arguments and the answer "
            + $"as an example of the query <c>{query.Name}</c>.";
        var call = QueryCall.Of(query, own + "model", parameter => "@" + parameter.Name, "@" + query.Token?.Name);
        var statements = query.Tables.Where(table => table.Parameter is not null)
            .Select(table => Keep(table, own))
            .Append(Arguments(query, own)).Append(Answer(query, call, own)).Lines(statement => statement);
        var instants = query.Parameters
            .Where(parameter => parameter.Type is ScalarSpec { Kind.SchemaKind: KindNames.DateTime })
            .Lines(time => $"@{time.Name} = global::EnvelopeSdk.PredictionExample.Instant(@{time.Name});");
        var answer = query.Delivery == Delivery.Returned
            ? "global::EnvelopeSdk.PredictionExample.Answer(this, "
            : "global::EnvelopeSdk.PredictionExample.AnswerAsync(this, async ";
        var tables = string.Concat(query.Tables.Select(table => $".WithTable({table.Place()}, {own}{table.Slot()})"));
        return $$"""
            /// <summary>{{summary}}</summary>
            public {{ExampleSignature(query.Method, query.Delivery)}}({{string.Join(", ", Declared(query))}})
            {
                {{instants.Indent(4)}}
                return {{answer}}{{own}}model =>
                {
                    {{statements.Indent(8)}}
                    return global::EnvelopeSdk.PredictionExample.Record(
                        {{Code.Literal(query.Name)}},
                        {{own}}arguments,
                        {{own}}output => EnvelopeJson.RecordAnswer_{{Id(query)}}({{own}}output, {{own}}answer)){{tables}};
                });
            }
            """;
    }

    /// <summary>What the names of the example's own variables begin with, and no name of a parameter does.</summary>
    private static string Own(QuerySpec query)
    {
        var own = "__";
        while (query.Parameters.Any(parameter => parameter.Name.StartsWith(own, System.StringComparison.Ordinal))
            || query.Token?.Name.StartsWith(own, System.StringComparison.Ordinal) == true)
        {
            own += "_";
        }

        return own;
    }

    /// <summary>
    /// The parameters, and behind them the token, which a caller may leave out; but what may be listed is always the
    /// last.
    /// </summary>
    private static IEnumerable<string> Declared(QuerySpec query)
    {
        var token = query.Token is null
            ? []
            : new[] { $"global::System.Threading.CancellationToken @{query.Token.Name} = default" };
        return query.Parameters.Where(parameter => !parameter.IsParams).Select(Declare)
            .Concat(token)
            .Concat(query.Parameters.Where(parameter => parameter.IsParams).Select(Declare));
    }

    /// <summary>The statement that keeps the arguments that a call is given.</summary>
    private static string Arguments(QuerySpec query, string own)
    {
        var values = string.Concat(query.Parameters.Select(parameter =>
            parameter.Type is TableSpec table ? $", {own}{table.Slot()}" : ", @" + parameter.Name));
        return $"var {own}arguments = global::EnvelopeSdk.PredictionExample.Arguments("
            + $"{own}output => EnvelopeJson.RecordArguments_{Id(query)}({own}output{values}));";
    }

    /// <summary>The statement that keeps a table that a call is given.</summary>
    private static string Keep(TableSpec table, string own) =>
        $"var {own}{table.Slot()} = {ToData(table, "@" + table.Parameter)}; // before the method can change it";

    /// <summary>The statements that keep what a call answers.</summary>
    private static string Answer(QuerySpec query, string call, string own) => query.Delivery switch
    {
        Delivery.Awaited => $"var {own}answer = {ToData(query.Returns, $"await {call}.ConfigureAwait(false)")};",
        Delivery.Streamed => $$"""
            var {{own}}answer = new {{query.Answer.CSharp}}();
            await foreach (var {{own}}item in {{AsyncExtensions}}.ConfigureAwait({{call}}, false))
            {
                {{own}}answer.Add({{own}}item);
            }

            """,
        _ => $"var {own}answer = {ToData(query.Returns, call)};",
    };

    private static string ToData(TypeSpec type, string value) => type is TableSpec table
        ? $"global::EnvelopeSdk.Tables.TableData.Of<{table.NonNull}>({value}, new {table.Codec}())"
        : value;

    private static string ExampleSignature(string method, Delivery delivery)
    {
        const string Example = "global::EnvelopeSdk.PredictionExample";
        var returns = delivery == Delivery.Returned
            ? Example
            : $"global::System.Threading.Tasks.Task<{Example}>";
        return $"{returns} {QuerySpec.RecorderOf(method, delivery)}";
    }

    private static string QueryMethods(QuerySpec query) =>
        $$"""
        public static void RecordArguments_{{Id(query)}}({{JsonWriterEmitter.Output}} output{{Values(query)}})
        {
            {{JsonWriterEmitter.WriteObject(query.Parameters, "value_").Indent(4)}}
        }

        public static void RecordAnswer_{{Id(query)}}({{JsonWriterEmitter.Output}} output, {{query.Answer.Bound}} value)
        {
            {{JsonWriterEmitter.Write(query.Answer, "value")}}
        }
        """;

    private static string Values(QuerySpec query) =>
        string.Concat(query.Parameters.Select(parameter => $", {parameter.Type.Bound} value_{parameter.Name}"));

    private static string Declare(MemberSpec parameter) =>
        $"{(parameter.IsParams ? "params " : "")}{parameter.Type.CSharp} @{parameter.Name}"
        + (parameter.Default is { IsEmpty: false } value ? " = " + Literals.Default(value, parameter.Type) : "");

    private static string RefusedExample(RefusedMethodSpec method)
    {
        var modifiers = method.Accessibility + (method.IsUnsafe ? " unsafe" : "");
        var generics = method.TypeParameters.Count == 0 ? "" : $"<{method.TypeParameters.Commas(name => "@" + name)}>";
        var signature = ExampleSignature(method.Method, method.Delivery) + generics;
        var message = $"'{method.Method}' cannot be served.";
        return $$"""
            /// <summary><c>{{method.Method}}</c> cannot be served; the analyzers say why.</summary>
            {{modifiers}} {{signature}}({{method.Parameters.Commas(Declare)}}){{method.Constraints}} =>
                throw new global::System.NotSupportedException({{Code.Literal(message)}});
            """;
    }

    /// <summary>The method never runs, so any default value will do.</summary>
    private static string Declare(RefusedParameterSpec parameter) =>
        $"{(parameter.Modifier is { } modifier ? modifier + " " : "")}{parameter.CSharp} @{parameter.Name}"
        + (parameter.IsOptional ? " = default!" : "");

    private static string Id(QuerySpec query) => query.Name.Replace('-', '_');
}
