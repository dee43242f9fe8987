using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A service project of a model, generated, compiled without any diagnostic, and loaded.</summary>
internal sealed class CompiledService
{
    private readonly Dictionary<string, (object Query, object Form)> _queries;
    private readonly ConcurrentDictionary<(string Method, string Query), MethodInvoker> _calls = new();
    private readonly Type _model;

    private CompiledService(GeneratorRun run, Assembly assembly, CompiledModel model, ModelSchema schema)
    {
        (Run, _model, Schema) = (run, model.Type, schema);
        var types = assembly.GetTypes();
        Binding = Activator.CreateInstance(types.Single(type => type.Name == "EnvelopeModelBinding"))!;
        _queries = types.Where(type => IsA(type, typeof(Query<,,>)))
            .Select(type => (Query: Activator.CreateInstance(type)!, Form: Activator.CreateInstance(types.Single(form => form.Name == type.Name[..^"Query".Length] + "Json"))!))
            .ToDictionary(pair => (string)pair.Query.GetType().GetProperty("Name")!.GetValue(pair.Query)!);
        foreach (var query in schema.Queries)
        {
            var (call, form) = _queries[query.Name];
            Func<QuerySchema> given = () => query;
            call.GetType().GetMethod("Use")!.Invoke(call, [given]);
            form.GetType().GetMethod("Use")!.Invoke(form, [given]);
        }
    }

    public GeneratorRun Run { get; }

    /// <summary>The generated class that loads the model.</summary>
    public object Binding { get; }

    /// <summary>The schema that was frozen in the model's assembly or its envelope.</summary>
    public ModelSchema Schema { get; }

    /// <summary>The names of the queries that the service answers.</summary>
    public IEnumerable<string> Queries => _queries.Keys.Order(StringComparer.Ordinal);

    /// <summary>The names of those that it answers for several requests at once.</summary>
    public IEnumerable<string> ConcurrentQueries => Queries.Where(query => (bool)_queries[query].Query.GetType().GetProperty("IsConcurrent")!.GetValue(_queries[query].Query)!);

    /// <summary>Compiles the service of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="frozen">The schema of its envelope, for a model with tables, whose columns are in no assembly.</param>
    public static CompiledService Of(CompiledModel model, ModelSchema? frozen = null)
    {
        var options = new TestOptions((KnownNames.ModelTypeProperty, model.Type.FullName!), (KnownNames.ModelAssemblyProperty, CompiledModel.AssemblyName), (KnownNames.EnvelopeProperty, "model@sha256:0"));
        var run = GeneratorRun.Of(TestProject.Create("Service", [.. TestReferences.Service, .. model.References]), options);
        TestProject.AssertNoProblems(run.Compilation);
        using var stream = new MemoryStream();
        Assert.True(run.Compilation.Emit(stream).Success);
        stream.Position = 0;
        var context = AssemblyLoadContext.GetLoadContext(model.Type.Assembly)!;
        return new CompiledService(run, context.LoadFromStream(stream), model, frozen ?? model.Schema);
    }

    /// <summary>Answers a query as the service does, but for HTTP: the answer's JSON, or what is wrong with the arguments.</summary>
    public string Answer(object model, string query, string json) => (string)Invoke(nameof(AnswerAs), query, model, json)!;

    /// <summary>What is wrong with the arguments of a query; empty when nothing is.</summary>
    public string Errors(string query, string json) => Errors(query, Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="Errors(string, string)"/>
    public string Errors(string query, byte[] utf8Json) => (string)Invoke(nameof(ErrorsOf), query, utf8Json)!;

    /// <summary>Says whether the arguments of a query have no error, a million times a second.</summary>
    public Func<byte[], bool> Acceptor(string query) => (Func<byte[], bool>)Invoke(nameof(AcceptorOf), query)!;

    /// <summary>Loads a model with the code of the service, which calls none of the model's generated part.</summary>
    public async Task<object> LoadAsync(EnvelopeContent content) => await (Task<object>)typeof(CompiledService)
        .GetMethod(nameof(LoadModelAsync), BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(_model).Invoke(null, [Binding, content])!;

    /// <summary>Answers a query of a model that has no state.</summary>
    public string Answer(string query, string json) => Answer(Activator.CreateInstance(_model)!, query, json);

    /// <summary>Reads the argument <c>value</c> of the query <c>predict</c>.</summary>
    public object? ReadValue(string json)
    {
        var arguments = Invoke(nameof(ReadAs), "predict", $$"""{"value":{{json}}}""")!;
        return arguments.GetType().GetField("value")!.GetValue(arguments);
    }

    /// <summary>The arguments of a call as a visitor is shown them.</summary>
    public IReadOnlyList<object?> Visited(string query, string json)
    {
        var arguments = Invoke(nameof(ReadAs), query, json)!;
        var visitor = new Collector();
        _queries[query].Query.GetType().GetMethod("Visit")!.Invoke(_queries[query].Query, [arguments, visitor]);
        return visitor.Values;
    }

    private static bool IsA(Type type, Type generic) =>
        type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == generic;

    private object? Invoke(string method, string query, params object[] arguments) =>
        _calls.GetOrAdd((method, query), MakeCall).Invoke(null, new Span<object?>([_queries[query].Query, _queries[query].Form, .. arguments]));

    /// <summary>The methods below, of the types of a query: those of the model, the arguments, the answer and what is written of it.</summary>
    private MethodInvoker MakeCall((string Method, string Query) call)
    {
        var types = _queries[call.Query].Query.GetType().BaseType!.GetGenericArguments();
        var written = _queries[call.Query].Form.GetType().BaseType!.GetGenericArguments()[1];
        var method = call.Method == nameof(AnswerAs) && types[2] != written ? nameof(AnswerAllAs) : call.Method;
        return MethodInvoker.Create(typeof(CompiledService).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(types[0], types[1], written));
    }

    private static async Task<object> LoadModelAsync<TModel>(ModelBinding<TModel> binding, EnvelopeContent content)
        where TModel : class => await binding.LoadAsync(CompiledModel.ReaderOf(content), default);

    private static TArguments ReadAs<TModel, TArguments, TWritten>(object query, JsonForm<TArguments, TWritten> form, string json)
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = form.Read;
        var arguments = JsonInput.Read(Encoding.UTF8.GetBytes(json), errors, read);
        Assert.Equal(0, errors.Count);
        return arguments;
    }

    private static string ErrorsOf<TModel, TArguments, TWritten>(object query, JsonForm<TArguments, TWritten> form, byte[] utf8Json)
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = form.Read;
        JsonInput.Read(utf8Json, errors, read);
        return string.Join("\n", Enumerable.Range(0, errors.Count).Select(i => errors[i]));
    }

    private static Func<byte[], bool> AcceptorOf<TModel, TArguments, TWritten>(object query, JsonForm<TArguments, TWritten> form)
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = form.Read;
        return utf8Json =>
        {
            errors.Clear();
            JsonInput.Read(utf8Json, errors, read);
            return errors.Count == 0;
        };
    }

    private static string AnswerAs<TModel, TArguments, TWritten>(Query<TModel, TArguments, TWritten> query, JsonForm<TArguments, TWritten> form, TModel model, string json)
        where TModel : class
        where TArguments : struct =>
        Answer(form, json, (output, arguments) => form.Write(output, query.InvokeAsync(model, arguments, default).AsTask().GetAwaiter().GetResult()));

    private static string AnswerAllAs<TModel, TArguments, TWritten>(Query<TModel, TArguments, IAsyncEnumerable<TWritten>> query, JsonForm<TArguments, TWritten> form, TModel model, string json)
        where TModel : class
        where TArguments : struct =>
        Answer(form, json, (output, arguments) =>
        {
            output.WriteStartArray();
            foreach (var item in query.InvokeAsync(model, arguments, default).AsTask().GetAwaiter().GetResult().ToBlockingEnumerable())
            {
                form.Write(output, item);
            }

            output.WriteEndArray();
        });

    private static string Answer<TArguments, TWritten>(JsonForm<TArguments, TWritten> form, string json, Action<JsonOutput, TArguments> answer)
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = form.Read;
        var arguments = JsonInput.Read(Encoding.UTF8.GetBytes(json), errors, read);
        if (errors.Count > 0)
        {
            return string.Join("\n", Enumerable.Range(0, errors.Count).Select(i => errors[i]));
        }

        var output = new JsonOutput();
        answer(output, arguments);
        return Encoding.UTF8.GetString(output.Written.Span);
    }

    private sealed class Collector : IArgumentVisitor
    {
        public List<object?> Values { get; } = [];

        public void Visit<T>(int index, T value)
        {
            Assert.Equal(Values.Count, index);
            Values.Add(value);
        }
    }
}
