using System.Text.Json.Nodes;

namespace EnvelopeSdk.Benchmarks.Serving;

/// <summary>Programs that do not answer the same are not compared.</summary>
internal static class AnswerCheck
{
    /// <summary>Asks all programs, and keeps what they answer for the ceiling.</summary>
    /// <exception cref="InvalidOperationException">One answers something else.</exception>
    public static async Task RunAsync(
        string directory, IEnumerable<ServingWork> works, IReadOnlyList<ServingProgram> all)
    {
        foreach (var work in works)
        {
            string? first = null;
            foreach (var program in all.Where(one => one.CanDo(work) && one.Contestant != Contestant.Ceiling))
            {
                using var server = await program.StartAsync(directory, work);
                var (_, answer) = await ServingProgram.PostAsync(server, directory, work);
                first ??= answer;
                if (!IsEqual(JsonNode.Parse(answer), JsonNode.Parse(first), program.Contestant))
                {
                    throw new InvalidOperationException(
                        $"{program.Title} answers {work.Title} with '{answer}', and {all[0].Title} with '{first}'.");
                }
            }

            await File.WriteAllTextAsync(ServingProgram.AnswerFile(directory, work), first);
        }
    }

    /// <summary>Python reckons with 64 bits where the model does with 32.</summary>
    private static bool IsEqual(JsonNode? one, JsonNode? other, Contestant contestant) =>
        contestant != Contestant.FastApi ? JsonNode.DeepEquals(one, other)
        : one is JsonArray ones && other is JsonArray others
            ? ones.Count == others.Count && ones.Zip(others).All(pair => IsEqual(pair.First, pair.Second, contestant))
            : Math.Abs((double)one! - (double)other!) < 1e-5 * Math.Max(1, Math.Abs((double)other!));
}
