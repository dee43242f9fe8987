using System.Diagnostics;
using System.Text.Json;
using EnvelopeSdk.Authoring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service;

/// <summary>
/// Loads the model while the service already answers its liveness probe, and answers the recorded examples once, so that
/// the first caller does not wait for code to be compiled.
/// </summary>
internal sealed partial class ModelLoader<TModel>(
    ServedEnvelope envelope,
    ModelHolder<TModel> holder,
    IReadOnlyList<QueryBinding<TModel>> bindings,
    QueryServices services,
    IHostApplicationLifetime lifetime,
    ILogger<ModelLoader<TModel>> logger) : BackgroundService
    where TModel : class, IEnvelopeModel<TModel>
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var watch = Stopwatch.StartNew();
        try
        {
            var model = await Envelope.LoadAsync<TModel>(envelope.Content, stoppingToken);
            await WarmUpAsync(model, stoppingToken);
            holder.Model = model;
            LogLoaded(envelope.Reference, watch.ElapsedMilliseconds);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(envelope.Reference, failure);
            Environment.ExitCode = 1;
            await StartedAsync(stoppingToken); // stopping a host that is still starting makes the start itself throw
            lifetime.StopApplication();
        }
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var atStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task WarmUpAsync(TModel model, CancellationToken cancellation)
    {
        var warm = new ModelHolder<TModel> { Model = model };
        foreach (var binding in bindings)
        {
            var handler = binding.CreateHandler(warm, services);
            foreach (var example in envelope.Examples.Where(example => example.Query == binding.Name))
            {
                var (status, answer) = await handler.AnswerAsync(example.Input.GetRawText(), cancellation);
                if (status != 200 || !JsonElement.DeepEquals(JsonElement.Parse(answer), example.Output))
                {
                    LogDifferent(binding.Name, example.Input.GetRawText(), answer, example.Output.GetRawText());
                }
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Loaded {Envelope} in {Milliseconds} ms.")]
    private partial void LogLoaded(string envelope, long milliseconds);

    [LoggerMessage(2, LogLevel.Critical, "{Envelope} cannot be loaded; the service stops.")]
    private partial void LogFailed(string envelope, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "The query {Query} does not answer a recorded example as it did when the envelope was saved: for {Input} it answers {Answer} instead of {Recorded}. What the model holds beside the parameters of its primary constructor is not stored; and the processor or the run-time may compute otherwise than where the model was trained.")]
    private partial void LogDifferent(string query, string input, string answer, string recorded);
}
