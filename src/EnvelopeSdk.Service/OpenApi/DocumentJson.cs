using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>
/// What the API document says of a model, from the schema and the examples that are frozen in the envelope.
/// </summary>
internal sealed class DocumentJson
{
    /// <summary>A recorded example may be as deep as a body, and stands some levels deep in the document.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    private const string RefPrefix = "#/components/schemas/";

    private readonly ServedModel _envelope;
    private readonly JsonSchemaWriter _schemas;
    private readonly JsonObject _components = [];
    private readonly ComponentNames _names;

    private DocumentJson(ServedModel envelope)
    {
        _envelope = envelope;
        _schemas = new JsonSchemaWriter(Record.Schema, RefPrefix);
        foreach (var (name, schema) in _schemas.NamedTypes())
        {
            _components[name] = schema;
        }

        _names = new ComponentNames(_components.Select(one => one.Key));
    }

    private EnvelopeRecord Record => _envelope.Content.Record;

    /// <summary>An OpenAPI 3.1 document without the parts that say its version and where the service is.</summary>
    public static JsonObject Of(ServedModel envelope)
    {
        var json = new DocumentJson(envelope);
        return new JsonObject
        {
            ["info"] = json.Info(),
            ["tags"] = new JsonArray(json.Tag()),
            ["paths"] = json.Paths(),
            ["components"] = new JsonObject { ["schemas"] = json._components },
        };
    }

    private JsonObject Info()
    {
        var info = new JsonObject { ["title"] = Record.Name, ["version"] = _envelope.Content.Digest.Short };
        info.AddText("description", Record.Description ?? _schemas.Description);
        return info;
    }

    private JsonObject Tag()
    {
        var tag = new JsonObject { ["name"] = Record.Name };
        tag.AddText("description", _schemas.Description);
        return tag;
    }

    private JsonObject Paths()
    {
        var error = Component(ProblemSchema.ErrorName, ProblemSchema.Error());
        var problem = Component(ProblemSchema.Name, ProblemSchema.Json(error));
        var paths = new JsonObject();
        foreach (var query in Record.Schema.Queries)
        {
            var examples = _envelope.Examples.Where(example => example.Query == query.Name).ToList();
            var components = QueryComponents.Of(query, _schemas, Component);
            var operations = new OperationJson(query, components, Record.Name, problem);
            paths[$"/{query.Name}"] = new JsonObject { ["post"] = operations.Single(examples) };
            paths[$"/{query.Name}/batch"] = new JsonObject { ["post"] = operations.Batch(BatchId(query), examples) };
        }

        return paths;
    }

    /// <summary>A query may be called as the batch of another would be.</summary>
    private string BatchId(QuerySchema query) =>
        Record.Schema.Queries.Any(
            one => ComponentNames.ClassOf(one.Name) == ComponentNames.ClassOf(query.Name) + "Batch")
            ? query.Name + ".batch"
            : query.Name + "-batch";

    /// <summary>Adds a schema to the components; one that is a type of the model has a name already.</summary>
    /// <returns>What refers to it.</returns>
    private JsonObject Component(string name, JsonObject schema)
    {
        if (schema.Count == 1 && schema.ContainsKey("$ref"))
        {
            return schema;
        }

        name = _names.Take(name);
        _components[name] = schema;
        return new JsonObject { ["$ref"] = RefPrefix + name };
    }
}
