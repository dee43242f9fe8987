using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers;

/// <summary>
/// An analyzer of the code that people write; what generators write, theirs or those of others, is not for them to
/// mend.
/// </summary>
public abstract class WrittenCodeAnalyzer : DiagnosticAnalyzer
{
    private protected WrittenCodeAnalyzer()
    {
    }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        Register(context);
    }

    private protected abstract void Register(AnalysisContext context);
}
