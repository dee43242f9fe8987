namespace EnvelopeSdk.Tests.Models;

/// <summary>Another class than <see cref="HousePrice"/>, with artifacts of several kinds as its state.</summary>
[EnvelopeModel("sentiment")]
public sealed partial class Sentiment(Weights embedding, Vocabulary vocabulary, float? threshold)
{
    public Weights Embedding => embedding;

    public Vocabulary Vocabulary => vocabulary;

    public float? Threshold => threshold;

    [Predict]
    public Mood Predict(string text) => text.Length % 2 == 0 ? Mood.Good : vocabulary.Fallback;

    [Predict("moods")]
    public Mood[] PredictAll(List<string> texts) => [.. texts.Select(Predict)];
}

public enum Mood
{
    Good,
    Bad,
}

public sealed record Vocabulary(List<string> Words, Mood Fallback, decimal Share, long Count, Vocabulary? Parent = null)
{
    public bool CaseSensitive { get; init; }
}
