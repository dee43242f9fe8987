using System.Text.Json.Serialization;

namespace EnvelopeSdk.Service.Tests.OpenApi;

/// <summary>Hat Namen, die nicht ASCII sind, und solche, die in vielen Sprachen etwas bedeuten.</summary>
[EnvelopeModel("words")]
public sealed partial class WordsModel(int einheit)
{
    /// <summary>Misst „Größen“.</summary>
    /// <param name="größe">Die Größe. <unit>µm</unit></param>
    /// <param name="class">Ein Wort von C#.</param>
    /// <param name="default">Noch eines.</param>
    [Predict]
    public Größe Prédire(Größe größe, int @class, string? @default = "大") => größe with { Wert = größe.Wert * einheit * @class + (@default?.Length ?? 0) };

    /// <summary>预测</summary>
    [Predict]
    public IReadOnlyDictionary<Maß, Error?> 预测(IReadOnlyList<Response> response) =>
        new Dictionary<Maß, Error?> { [Maß.Füße] = new Error(response.Count * einheit, null) };

    /// <summary>Answers nothing but words that other tools know.</summary>
    [Predict("import-2.delete")]
    public (Body Body, ProblemDetails Problem) Import(Body body, ProblemDetails problem) => (body with { X = body.X * einheit }, problem);
}

/// <summary>Eine Größe.</summary>
public sealed record Größe(double Wert, [property: JsonPropertyName("maß-einheit (SI)")] Maß Einheit, Größe? Nächste = null);

[JsonConverter(typeof(JsonStringEnumConverter<Maß>))]
public enum Maß
{
    Füße,
    [JsonStringEnumMemberName("Meter/s²")]
    Tempo,
    [JsonStringEnumMemberName("")]
    Nichts,
    @class,
}

#pragma warning disable CA1716 // that is what they are here for
public sealed record Response(int Id, Date At);

public sealed record Date(DateTime At, TimeSpan? For);

public sealed record Error(int Code, Error? Inner);
#pragma warning restore CA1716

public sealed record Body(int X);

public sealed record ProblemDetails(int Status);
