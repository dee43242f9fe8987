using EnvelopeSdk.Vocabulary;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace EnvelopeSdk.Build;

/// <summary>A task whose failures are coded errors at a line of the project, as the compiler's are.</summary>
public abstract class EnvelopeTask : Task
{
    /// <summary>The project file, for the errors.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Run();
        }
        catch (EnvelopeException failure)
        {
            Fail(BuildErrors.Of(failure.Error), failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(
                BuildErrors.StoreUnavailable,
                $"{failure.Message} Free space or fix permissions there, and build again.");
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Whether failures are told as messages: another task tells them again as errors.</summary>
    protected virtual bool IsForgiving => false;

    /// <summary>Whether something failed.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>Does the work. An <see cref="EnvelopeException"/> becomes a coded error.</summary>
    protected abstract void Run();

    /// <summary>Reports an error.</summary>
    /// <param name="id">One of <see cref="BuildErrors"/>.</param>
    /// <param name="message">The input at fault, the reason and the cure.</param>
    /// <param name="element">The beginning of the element of the project at fault.</param>
    protected void Fail(string id, string message, string element = "<Envelope ")
    {
        HasFailed = true;
        if (IsForgiving)
        {
            Log.LogMessage(MessageImportance.Normal, "{0}: {1}", id, message);
        }
        else
        {
            Log.LogError(
                subcategory: null, id, helpKeyword: null, HelpPages.Of(id), ProjectFile, LineOf(element),
                0, 0, 0, "{0}", message);
        }
    }

    /// <summary>Reports a warning.</summary>
    /// <param name="id">One of <see cref="BuildErrors"/>.</param>
    /// <param name="message">The input at fault, the reason and the cure.</param>
    protected void Warn(string id, string message) => Log.LogWarning(
        subcategory: null, id, helpKeyword: null, HelpPages.Of(id), ProjectFile, LineOf("<PackageReference "),
        0, 0, 0, "{0}", message);

    private int LineOf(string text)
    {
        var line = File.Exists(ProjectFile)
            ? File.ReadLines(ProjectFile).TakeWhile(one => !one.Contains(text, StringComparison.Ordinal)).Count() + 1
            : 0;
        return File.Exists(ProjectFile) && line <= File.ReadLines(ProjectFile).Count() ? line : 0;
    }
}
