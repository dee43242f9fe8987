using EnvelopeSdk.Tool.Quickstart;

namespace EnvelopeSdk.Tool.Batch;

/// <summary>Builds the worker of an envelope: one file, which needs nothing else on its machine.</summary>
internal static class WorkerBuilder
{
    private const string Name = "Worker";

    private static readonly string[] Libraries = [".dll", ".so", ".dylib"];

    /// <param name="envelope">The envelope.</param>
    /// <param name="file">Where it is put; what is there is replaced.</param>
    /// <param name="runtime">
    /// For which kind of machine, as .NET's runtime identifiers say it; null: for one as this.
    /// </param>
    /// <param name="note">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it is native code.</returns>
    /// <exception cref="EnvelopeException">It cannot be built; the message has what the build said.</exception>
    public static async Task<bool> BuildAsync(
        ResolvedEnvelope envelope, string file, string? runtime, Action<string> note,
        CancellationToken cancellationToken)
    {
        using var build = new ProjectBuild(Path.Combine(Path.GetTempPath(), $"envelope-worker-{Guid.NewGuid():N}"));
        await build.WriteAsync(envelope, Name, cancellationToken);
        string[] machine = runtime is null ? ["--use-current-runtime"] : ["-r", runtime];
        string[] every = ["-p:EnvelopeWorker=true", .. machine];
        try
        {
            var native = await build.PublishAsync(
                cancellationToken, [.. every, "-p:PublishAot=true", "-p:StripSymbols=true"]);
            if (LeftBehind(native) is not { } library)
            {
                Take(native, file);
                return true;
            }

            note($"It does not become native code, beside which '{Path.GetFileName(library)}' would lie, and takes the "
                + ".NET runtime with it.");
        }
        catch (StepException failure)
        {
            note($"It does not become native code, and takes the .NET runtime with it: {Reason(failure.Output)}");
        }

        try
        {
            var whole = await build.PublishAsync(
                cancellationToken,
                [
                    .. every, "--self-contained", "-p:PublishSingleFile=true",
                    "-p:IncludeNativeLibrariesForSelfExtract=true",
                ]);
            if (LeftBehind(whole) is { } library)
            {
                throw new EnvelopeException(
                    EnvelopeError.Invalid,
                    $"A worker of {envelope.Content.Reference} would be without '{Path.GetFileName(library)}', which "
                    + "lies beside its program. Use 'envelope batch', whose jobs have it.");
            }

            Take(whole, file);
            return false;
        }
        catch (StepException failure)
        {
            throw ProjectBuild.Failed("worker", envelope, failure);
        }
    }

    /// <summary>
    /// Of what was published, a library that lies beside the program, and would not be in the one file: the model would
    /// miss it when it is called.
    /// </summary>
    private static string? LeftBehind(string output) => Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories)
        .FirstOrDefault(file => Libraries.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));

    /// <summary>The first error of a build, without the project that it is of.</summary>
    private static string Reason(string output)
    {
        var line = output.Split('\n').FirstOrDefault(one => one.Contains(": error ", StringComparison.Ordinal)) ?? "";
        var text = line[(line.IndexOf(": error ", StringComparison.Ordinal) + 1)..].Trim();
        var project = text.LastIndexOf(" [", StringComparison.Ordinal);
        return project > 0 ? text[..project] : text;
    }

    /// <summary>Beside its place at first: who starts it has a whole one.</summary>
    private static void Take(string output, string file)
    {
        var partial = $"{file}.{Guid.NewGuid():N}.partial";
        try
        {
            var made = Path.Combine(output, Name);
            File.Copy(File.Exists(made) ? made : made + ".exe", partial);
            File.Move(partial, file, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
