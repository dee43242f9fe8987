using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EnvelopeSdk.Analyzers.Bodies;

/// <summary>An analyzer of what the predict methods of a class reach.</summary>
public abstract class BodyAnalyzer : WrittenCodeAnalyzer
{
    private protected BodyAnalyzer()
    {
    }

    private protected sealed override void Register(AnalysisContext context) =>
        PredictBodies.Register(context, Analyze);

    private protected abstract void Analyze(PredictBodies bodies, Action<Diagnostic> report);
}
