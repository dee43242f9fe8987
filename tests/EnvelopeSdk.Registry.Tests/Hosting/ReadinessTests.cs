using System.Net;
using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Hosting;

[Collection(PostgresServer.Collection)]
public sealed class ReadinessTests(PostgresServer server)
{
    [DatabaseFact]
    public async Task A_registry_whose_database_does_not_answer_lives_and_is_not_ready()
    {
        var connection = await server.CreateDatabaseAsync();
        await using var served = await ServedStore.StartAsync(options => options with { Database = connection }, ServedStore.Linear);
        using var probe = served.NewClient(null);
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/ready")).StatusCode);

        await server.DropDatabaseAsync(connection);

        using var answer = await probe.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("Unhealthy", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).StatusCode);
    }
}
