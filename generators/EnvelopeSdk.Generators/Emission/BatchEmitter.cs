using EnvelopeSdk.Generators.Model;

namespace EnvelopeSdk.Generators.Emission;

/// <summary>Emits what a batch job is made of: its queries, and the method that its program calls.</summary>
internal static class BatchEmitter
{
    private const string Task = "global::System.Threading.Tasks.Task<int>";

    /// <param name="model">The model.</param>
    /// <param name="isWorker">Whether it answers the rows of a stream, and not of a table.</param>
    public static string Emit(ModelSpec model, bool isWorker) => ServingEmitter.Emit(
        model,
        $$"""
        namespace EnvelopeSdk.Batch
        {
            /// <summary>The batch job of this project's envelope.</summary>
            internal static class EnvelopeBatch
            {
                /// <summary>Runs the job as its arguments say, and answers how it ended.</summary>
                public static {{Task}} RunAsync(string[] arguments) =>
                    {{Program(isWorker)}}.RunAsync(new {{ServingEmitter.BindingName}}(), arguments);
            }
        }
        """,
        readsRows: true);

    private static string Program(bool isWorker) =>
        $"global::EnvelopeSdk.Batch.{(isWorker ? "Worker" : "Batch")}Program";
}
