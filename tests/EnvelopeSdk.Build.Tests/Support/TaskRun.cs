using Microsoft.Build.Framework;

namespace EnvelopeSdk.Build.Tests.Support;

internal static class TaskRun
{
    /// <summary>Runs a task that must succeed, in a build of its own or in a given one.</summary>
    public static T Succeeds<T>(this T task, FakeBuildEngine? engine = null)
        where T : EnvelopeTask
    {
        engine ??= new FakeBuildEngine();
        task.BuildEngine = engine;
        var succeeded = task.Execute();
        Assert.Empty(engine.Errors.Select(error => error.Message));
        Assert.Empty(engine.Warnings.Select(warning => warning.Message));
        Assert.True(succeeded);
        return task;
    }

    /// <summary>Runs a task that must report one error, which names what it must name and has its page.</summary>
    public static BuildErrorEventArgs Fails(this EnvelopeTask task, string code, params string[] named)
    {
        var engine = new FakeBuildEngine();
        task.BuildEngine = engine;
        Assert.False(task.Execute());
        var error = Assert.Single(engine.Errors);
        Assert.Equal(code, error.Code);
        Assert.EndsWith($"/{code}.md", error.HelpLink, StringComparison.Ordinal);
        Assert.Equal(task.ProjectFile, error.File);
        Assert.All(named, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        return error;
    }
}
