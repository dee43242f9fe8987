using Xunit.Abstractions;
using Xunit.Sdk;

namespace EnvelopeSdk.Registry.Tests.Support;

/// <summary>
/// A test that each database has to pass. It is skipped in a class of the collection of PostgreSQL where that is not
/// installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("EnvelopeSdk.Registry.Tests.Support.DatabaseFactDiscoverer", "EnvelopeSdk.Registry.Tests")]
public sealed class DatabaseFactAttribute : FactAttribute;

public sealed class DatabaseFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        DatabaseTests.WhySkipped(testMethod) is { } reason
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>The same for a test with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("EnvelopeSdk.Registry.Tests.Support.DatabaseTheoryDiscoverer", "EnvelopeSdk.Registry.Tests")]
public sealed class DatabaseTheoryAttribute : TheoryAttribute;

public sealed class DatabaseTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        DatabaseTests.WhySkipped(testMethod) is { } reason
            ? CreateTestCasesForSkip(discoveryOptions, testMethod, theoryAttribute, reason)
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

internal static class DatabaseTests
{
    /// <summary>Why a test is skipped; null when it can run.</summary>
    public static string? WhySkipped(ITestMethod test) => test.TestClass.Class
        .GetCustomAttributes(typeof(CollectionAttribute)).Select(one => one.GetConstructorArguments().First())
        .Contains(PostgresServer.Collection) ? PostgresServer.WhySkipped : null;
}
