using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using EnvelopeSdk.Binding;
using EnvelopeSdk.Binding.Reading;
using EnvelopeSdk.Binding.Writing;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Service;

namespace EnvelopeSdk.Generators.Tests.Harness;

/// <summary>A service project of a model, generated, compiled without any diagnostic, and loaded.</summary>
internal sealed class CompiledService
{
    private readonly Dictionary<string, object> _bindings;
    private readonly ConcurrentDictionary<(string Method, string Query), MethodInvoker> _calls = new();
    private readonly Type _model;

    private CompiledService(GeneratorRun run, Assembly assembly, CompiledModel model, ModelSchema schema)
    {
        (Run, _model, Schema) = (run, model.Type, schema);
        _bindings = assembly.GetTypes().Where(type => type.Name.EndsWith("Binding", StringComparison.Ordinal))
            .Select(type => Activator.CreateInstance(type)!)
            .ToDictionary(binding => (string)binding.GetType().GetProperty("Name")!.GetValue(binding)!);
        foreach (var query in schema.Queries)
        {
            _bindings[query.Name].GetType().GetMethod("Use")!.Invoke(_bindings[query.Name], [query]);
        }
    }

    public GeneratorRun Run { get; }

    /// <summary>The schema that was frozen in the model's assembly or its envelope.</summary>
    public ModelSchema Schema { get; }

    /// <summary>The names of the queries that the service answers.</summary>
    public IEnumerable<string> Queries => _bindings.Keys.Order(StringComparer.Ordinal);

    /// <summary>The names of those that it answers for several requests at once.</summary>
    public IEnumerable<string> ConcurrentQueries => Queries.Where(query => (bool)_bindings[query].GetType().GetProperty("IsConcurrent")!.GetValue(_bindings[query])!);

    /// <summary>Compiles the service of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="frozen">The schema of its envelope, for a model with tables, whose columns are in no assembly.</param>
    public static CompiledService Of(CompiledModel model, ModelSchema? frozen = null)
    {
        var options = new TestOptions((KnownNames.ModelTypeProperty, model.Type.FullName!), (KnownNames.ModelAssemblyProperty, CompiledModel.AssemblyName));
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

    /// <summary>Answers a query of a model that has no state.</summary>
    public string Answer(string query, string json) => Answer(Activator.CreateInstance(_model)!, query, json);

    /// <summary>Reads the argument <c>value</c> of the query <c>predict</c>.</summary>
    public object? ReadValue(string json)
    {
        var arguments = Invoke(nameof(ReadAs), "predict", $$"""{"value":{{json}}}""")!;
        return arguments.GetType().GetField("value")!.GetValue(arguments);
    }

    private object? Invoke(string method, string query, params object[] arguments) => _calls.GetOrAdd((method, query), MakeCall).Invoke(null, new Span<object?>([_bindings[query], .. arguments]));

    private MethodInvoker MakeCall((string Method, string Query) call) => MethodInvoker.Create(
        typeof(CompiledService).GetMethod(call.Method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(_bindings[call.Query].GetType().BaseType!.GetGenericArguments()[..2]));

    private static TArguments ReadAs<TModel, TArguments>(QueryBinding<TModel, TArguments> binding, string json)
        where TModel : class
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = binding.Read;
        var arguments = JsonInput.Read(Encoding.UTF8.GetBytes(json), errors, read);
        Assert.Equal(0, errors.Count);
        return arguments;
    }

    private static string ErrorsOf<TModel, TArguments>(QueryBinding<TModel, TArguments> binding, byte[] utf8Json)
        where TModel : class
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = binding.Read;
        JsonInput.Read(utf8Json, errors, read);
        return string.Join("\n", Enumerable.Range(0, errors.Count).Select(i => errors[i]));
    }

    private static Func<byte[], bool> AcceptorOf<TModel, TArguments>(QueryBinding<TModel, TArguments> binding)
        where TModel : class
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = binding.Read;
        return utf8Json =>
        {
            errors.Clear();
            JsonInput.Read(utf8Json, errors, read);
            return errors.Count == 0;
        };
    }

    private static string AnswerAs<TModel, TArguments>(QueryBinding<TModel, TArguments> binding, TModel model, string json)
        where TModel : class
        where TArguments : struct
    {
        var errors = new BindingErrors();
        JsonRead<TArguments> read = binding.Read;
        var arguments = JsonInput.Read(Encoding.UTF8.GetBytes(json), errors, read);
        if (errors.Count > 0)
        {
            return string.Join("\n", Enumerable.Range(0, errors.Count).Select(i => errors[i]));
        }

        var output = new JsonOutput();
        binding.InvokeAsync(model, arguments, output, default).AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
