using System.Collections.Generic;
using System.Linq;
using EnvelopeSdk.Generators.Model;
using EnvelopeSdk.Vocabulary;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>
/// Emits what binds each query of a model in a project that is made of its envelope, whatever brings calls in there.
/// </summary>
internal static class ServingEmitter
{
    private const string Serving = "global::EnvelopeSdk.Serving";
    private const string JsonForm = "global::EnvelopeSdk.Binding.JsonForm";
    private const string RowForm = "global::EnvelopeSdk.Batch.Rows.RowForm";
    private const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string Reader = "global::EnvelopeSdk.Authoring.StateReader reader";

    /// <summary>The class that loads the model and binds its queries.</summary>
    public const string BindingName = "global::EnvelopeSdk.Serving.Generated.EnvelopeModelBinding";

    private const string Cancellation = "global::System.Threading.CancellationToken cancellationToken";

    /// <summary>The whole file of a project that is made of an envelope.</summary>
    /// <param name="model">The model.</param>
    /// <param name="entry">What the project calls.</param>
    /// <param name="readsRows">Whether arguments are read from the columns of rows, too.</param>
    public static string Emit(ModelSpec model, string entry, bool readsRows = false)
    {
        var key = Code.Literal(Agreements.ServedSchemaKey);
        var schema = Code.Literal(SchemaText.Of(model));
        var queries = model.Queries
            .SelectMany(query => new[] { ArgumentsType(query), QueryType(model, query), FormType(query, readsRows) });
        return Code.HeaderOf(model) +
            $$"""
            [assembly: global::System.Reflection.AssemblyMetadata({{key}}, {{schema}})]

            {{entry}}

            namespace EnvelopeSdk.Serving.Generated
            {
                {{Binding(model).Indent(4)}}

                {{queries.Blocks().Indent(4)}}

                file static class Json
                {
                    {{Json(model, readsRows).Blocks().Indent(8)}}
                }
            }

            """;
    }

    private static IEnumerable<string> Json(ModelSpec model, bool readsRows)
    {
        var stored = model.State.Where(state => state.Json is not null).ToList();
        var read = model.Queries.SelectMany(query => query.Parameters.Select(parameter => parameter.Type))
            .Concat(stored.Select(state => state.Json!)).ToList();
        var written = model.Queries.Select(query => query.Returns).ToList();
        var state = new TypeClosure(model, stored.Select(one => one.Json!));
        return
        [
            TypeClosure.Shared(model, read.Concat(written)),
            stored.Select(StateEmitter.ReadMethod).Concat(model.Queries.Select(QueryMethods)).Blocks(),
            readsRows ? Rows(model) : "",
            JsonReaderEmitter.Methods(new TypeClosure(model, read), state, ReaderForm.Json),
            JsonWriterEmitter.Methods(new TypeClosure(model, written), new TypeClosure(model, [])),
        ];
    }

    private static string Rows(ModelSpec model)
    {
        var queries = model.Queries.Where(RowReaderEmitter.IsOfRow).ToList();
        return RowReaderEmitter.Class(
            new(model, queries.SelectMany(query => query.Parameters.Select(parameter => parameter.Type))),
            queries.Select(query => BindMethod(query, ReaderForm.Row)));
    }

    private static string Binding(ModelSpec model) =>
        $$"""
        /// <summary>Loads the model and binds its queries.</summary>
        internal sealed class EnvelopeModelBinding : {{Serving}}.ModelBinding<{{model.FullName}}>
        {
            public override {{ReadOnlyList}}<{{Serving}}.IModelQuery<{{model.FullName}}>> CreateQueries() =>
            [
                {{model.Queries.Lines(query => Create(model, query)).Indent(8)}}
            ];

            public override async {{ValueTask}}<{{model.FullName}}> LoadAsync({{Reader}}, {{Cancellation}})
            {
                {{StateEmitter.LoadBody(model, "Json").Indent(8)}}
            }
        }
        """;

    private static string Create(ModelSpec model, QuerySpec query) =>
        $"{Served(model, query)}(new {Id(query)}Query(), new {Id(query)}Json()),";

    private static string Served(ModelSpec model, QuerySpec query) =>
        $"new {Serving}.{(query.Delivery == Delivery.Streamed ? "StreamedQuery" : "ModelQuery")}"
        + $"<{model.FullName}, {Arguments(query)}, {query.Returns.Bound}>";

    private static string ArgumentsType(QuerySpec query) =>
        $$"""
        /// <summary>The arguments of the query <c>{{query.Name}}</c>.</summary>
        internal struct {{Arguments(query)}}
        {
            {{query.Parameters.Lines(Field).Indent(4)}}
        }
        """;

    private static string Declare(MemberSpec parameter) => $"{parameter.Type.Bound} @{parameter.Name}";

    private static string Field(MemberSpec parameter) => $"public {Declare(parameter)};";

    private static string QueryType(ModelSpec model, QuerySpec query) =>
        $$"""
        /// <summary>Calls the query <c>{{query.Name}}</c>.</summary>
        internal sealed class {{Id(query)}}Query : {{BaseOf(model, query)}}
        {
            public override string Name => {{Code.Literal(query.Name)}};{{IsConcurrent(query)}}

            {{new[] { Tables(query, query.Tables), Invoke(model, query), Visit(query) }.Blocks().Indent(4)}}
        }
        """;

    private static string BaseOf(ModelSpec model, QuerySpec query) =>
        $"{Serving}.Query<{model.FullName}, {Arguments(query)}, {Answer(query)}>";

    private static string IsConcurrent(QuerySpec query) =>
        query.IsConcurrent ? "" : "\n\n    public override bool IsConcurrent => false;";

    private static string FormType(QuerySpec query, bool readsRows) =>
        $$"""
        /// <summary>The JSON of the query <c>{{query.Name}}</c>.</summary>
        internal sealed class {{Id(query)}}Json : {{(readsRows ? RowForm : JsonForm)}}<{{Types(query)}}>
        {
            {{new[] { Tables(query, TablesOf(query)), Form(query), Row(query, readsRows) }.Blocks().Indent(4)}}
        }
        """;

    private static string Types(QuerySpec query) => $"{Arguments(query)}, {query.Returns.Bound}";

    private static string Row(QuerySpec query, bool readsRows) => !readsRows || !RowReaderEmitter.IsOfRow(query) ? ""
        : $$"""
            public override void Read({{RowReaderEmitter.Input}}, ref {{Arguments(query)}} arguments)
            {
                Json.Rows.Bind{{Id(query)}}(ref input, ref arguments);
            }
            """;

    private static string Form(QuerySpec query) =>
        $$"""
        public override void Read({{JsonReaderEmitter.Input}}, ref {{Arguments(query)}} arguments)
        {
            {{Bind(query)}};
        }

        public override void Write({{JsonWriterEmitter.Output}} output, {{query.Returns.Bound}} answer)
        {
            Json.Answer{{Id(query)}}(output, answer);
        }
        """;

    private static string Bind(QuerySpec query) =>
        $"Json.Bind{Id(query)}(ref input, ref arguments{string.Concat(TablesOf(query).Select(table => $", _{table.Slot()}!"))})";

    /// <summary>The tables that the query takes.</summary>
    private static IEnumerable<TableSpec> TablesOf(QuerySpec query) =>
        query.Tables.Where(table => table.Parameter is not null);

    private static string Declare(TableSpec table) => $"global::EnvelopeSdk.Tables.TableBinding<{table.NonNull}>";

    /// <summary>The tables are bound when the service starts: the frozen schema says their columns.</summary>
    private static string Tables(QuerySpec query, IEnumerable<TableSpec> tables) => !tables.Any() ? "" :
        $$"""
        {{tables.Lines(table => $"private {Declare(table)}? _{table.Slot()};")}}

        public override void Use(global::System.Func<global::EnvelopeSdk.Schema.QuerySchema> schema)
        {
            var query = schema();
            {{tables.Lines(table => $"_{table.Slot()} = new(query, {table.Place()}, new {table.Codec}());").Indent(4)}}
        }
        """;

    private static string Answer(QuerySpec query) => query.Delivery == Delivery.Streamed
        ? $"global::System.Collections.Generic.IAsyncEnumerable<{query.Returns.CSharp}>"
        : query.Returns.Bound;

    private static string Invoke(ModelSpec model, QuerySpec query)
    {
        var isAwaited = query.Delivery == Delivery.Awaited;
        var call = isAwaited ? $"await {Call(query)}.ConfigureAwait(false)" : Call(query);
        var answer = query.Returns is TableSpec table ? $"_{table.Slot()}!.ToData({call})" : call;
        var returns = $"{ValueTask}<{Answer(query)}>";
        var parameters = $"{Arguments(query)} arguments, {Cancellation}";
        var invoke = $"public override {returns} InvokeAsync({model.FullName} model, in {parameters}) =>";
        return !isAwaited
            ? $$"""
                {{invoke}}
                    new({{answer}});
                """
            : $$"""
                {{invoke}}
                    AnswerAsync(model, arguments, cancellationToken);

                private async {{returns}} AnswerAsync({{model.FullName}} model, {{parameters}}) =>
                    {{answer}};
                """;
    }

    private static string Visit(QuerySpec query) =>
        $$"""
        public override void Visit(in {{Arguments(query)}} arguments, {{Serving}}.IArgumentVisitor visitor)
        {
            {{query.Parameters.Select(Visit).Lines(line => line).Indent(4)}}
        }
        """;

    private static string Visit(MemberSpec parameter, int i) => $"visitor.Visit({i}, arguments.@{parameter.Name});";

    private static string Call(QuerySpec query) => QueryCall.Of(query, "model", Argument, "cancellationToken");

    private static string Argument(MemberSpec parameter) =>
        parameter.Type is TableSpec table
            ? $"_{table.Slot()}!.ToTable(arguments.@{parameter.Name})"
            : "arguments.@" + parameter.Name;

    /// <summary>
    /// Methods whose names begin otherwise than <c>Read</c> and <c>Write</c>: those are followed by the names of the
    /// user's types.
    /// </summary>
    private static string QueryMethods(QuerySpec query) =>
        $$"""
        {{BindMethod(query, ReaderForm.Json)}}

        public static void Answer{{Id(query)}}({{JsonWriterEmitter.Output}} output, {{query.Returns.Bound}} value)
        {
            {{JsonWriterEmitter.Write(query.Returns, "value")}}
        }
        """;

    private static string BindMethod(QuerySpec query, ReaderForm form)
    {
        var tables = string.Concat(TablesOf(query).Select(table => $", {Declare(table)} {table.Slot()}"));
        return ObjectReader.Arguments(form, Arguments(query), $"Bind{Id(query)}", query.Parameters, tables);
    }

    /// <summary>The name of the structure of its arguments, which no field of it may have.</summary>
    private static string Arguments(QuerySpec query)
    {
        var name = Id(query) + "Arguments";
        while (query.Parameters.Any(parameter => parameter.Name == name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>
    /// The query's name as a C# name: <c>price-range</c> becomes <c>PriceRange</c>, and <c>top-2</c>, unlike
    /// <c>top2</c>, <c>Top_2</c>.
    /// </summary>
    private static string Id(QuerySpec query) => string.Concat(query.Name.Split('-').Select(word =>
        char.IsDigit(word[0]) ? "_" + word : char.ToUpperInvariant(word[0]) + word.Substring(1)));
}
