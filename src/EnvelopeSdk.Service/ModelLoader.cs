using System.Diagnostics;
using EnvelopeSdk.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnvelopeSdk.Service;

/// <summary>Loads the model while the service already answers its liveness probe.</summary>
internal sealed partial class ModelLoader(
    ServedModel model, IEnumerable<ICallDecorator> decorators, IHostApplicationLifetime lifetime,
    ILogger<ModelLoader> logger)
    : BackgroundService
{
    private string Envelope => model.Content.Reference.ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (model.OtherGlobalization is { } wasInvariant)
        {
            LogOtherGlobalization(Envelope, wasInvariant ? "without" : "with", wasInvariant ? "true" : "false");
        }

        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var example in await model.LoadAsync([.. decorators], stoppingToken))
            {
                var recorded = example.Recorded;
                var refused = example.Failure as PredictionRefusedException;
                var answer = example.Answer
                    ?? (refused is null ? "with a failure" : $"with a refusal ('{refused.Reason}')");
                LogDifferent(
                    recorded.Query, recorded.Input.GetRawText(), answer, recorded.Output.GetRawText(),
                    refused is null ? example.Failure : null);
            }

            LogLoaded(Envelope, watch.ElapsedMilliseconds);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            if (failure is EnvelopeException)
            {
                LogUnusable(Envelope, failure.Message); // which says the cure; where it was thrown says nothing
            }
            else
            {
                LogFailed(Envelope, failure);
            }

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

    [LoggerMessage(1, LogLevel.Information, "Loaded {Envelope} in {Milliseconds} ms.")]
    private partial void LogLoaded(string envelope, long milliseconds);

    [LoggerMessage(2, LogLevel.Critical, "{Envelope} cannot be loaded; the service stops.")]
    private partial void LogFailed(string envelope, Exception failure);

    [LoggerMessage(2, LogLevel.Critical, "{Envelope} cannot be loaded; the service stops. {Why}")]
    private partial void LogUnusable(string envelope, string why);

    [LoggerMessage(
        4, LogLevel.Warning,
        "{Envelope} was trained {With} culture data, and this process is configured otherwise, so texts may be "
        + "compared and changed otherwise. Set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT={Invariant}; culture data "
        + "needs ICU (libicu).")]
    private partial void LogOtherGlobalization(string envelope, string with, string invariant);

    [LoggerMessage(
        3, LogLevel.Warning,
        "The query {Query} does not answer a recorded example as it did when the envelope was saved: for {Input} it "
        + "answers {Answer} instead of {Recorded}. What the model holds beside the parameters of its primary "
        + "constructor is not stored; and the processor or the run-time may compute otherwise than where the model was "
        + "trained.")]
    private partial void LogDifferent(string query, string input, string answer, string recorded, Exception? failure);
}
