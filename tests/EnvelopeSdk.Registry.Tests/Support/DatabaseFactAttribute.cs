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
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var collection = testMethod.TestClass.Class.GetCustomAttributes(typeof(CollectionAttribute))
            .Select(one => one.GetConstructorArguments().First()).FirstOrDefault();
        return collection is PostgresServer.Collection && PostgresServer.WhySkipped is { } reason
            ? new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
    }
}
