using EnvelopeSdk.Kubernetes.Tests.StandIn;
using EnvelopeSdk.Tests.Support;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>What is said when a cluster refuses, or is not there.</summary>
public class FaultTests
{
    [Theory]
    [InlineData(401, EnvelopeError.Unavailable, "kubeconfig")]
    [InlineData(403, EnvelopeError.Unavailable, "role")]
    [InlineData(404, EnvelopeError.NotFound, "namespace")]
    [InlineData(422, EnvelopeError.Invalid, "settings")]
    [InlineData(400, EnvelopeError.Invalid, "settings")]
    [InlineData(409, EnvelopeError.Unavailable, "again")]
    [InlineData(500, EnvelopeError.Unavailable, "again")]
    public async Task A_refusal_says_what_was_asked_the_reason_and_the_cure(
        int status, EnvelopeError error, string cure)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        cluster.Refuse = asked =>
            asked is { Method: "PATCH", Path: "/apis/apps/v1/namespaces/models/deployments/diamond-price" }
                ? new(status, "that is why")
                : null;

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => client.ApplyAsync(Some.Manifests()));

        Assert.Equal(error, refusal.Error);
        var said = "refuses to apply the Deployment 'diamond-price' in the namespace 'models': "
            + $"that is why ({status}).";
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(cure, refusal.Message.Split(said)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "GET")]
    [InlineData("delete", "DELETE")]
    public async Task A_refusal_to_read_or_delete_is_said(string what, string method)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        await client.ApplyAsync(Some.Manifests());
        cluster.Refuse = asked => asked.Method == method ? new(403, "no") : null;

        var refusal = await Assert.ThrowsAsync<EnvelopeException>(() => client.DeleteAsync("diamond-price"));

        Assert.Contains($"refuses to {what} the ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_goes_meanwhile_is_gone()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        await client.ApplyAsync(Some.Manifests());
        cluster.Refuse = asked => asked.Method == "DELETE" ? new(404, "gone") : null;

        await client.DeleteAsync("diamond-price");

        Assert.Equal(4, cluster.Changes.Count(one => one.Method == "DELETE"));
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_is_named()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        await cluster.StopAsync();

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ApplyAsync(Some.Manifests()));

        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains("The cluster at http://127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("does not answer when it is asked to read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_takes_too_long_is_named()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open(patience: TimeSpan.FromMilliseconds(100));
        cluster.Gate = new TaskCompletionSource().Task;

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ApplyAsync(Some.Manifests()));

        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains("does not answer when it is asked to read", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "does not answer when it is asked to read")]
    [InlineData(502, "in the namespace 'models': it gives no reason (502)")]
    public async Task What_is_no_answer_of_a_cluster_is_said(int status, string said)
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();
        cluster.Refuse = _ => new(status, "", "<html>Sign in</html>");

        var failure = await Assert.ThrowsAsync<EnvelopeException>(() => client.ApplyAsync(Some.Manifests()));

        Assert.Equal(EnvelopeError.Unavailable, failure.Error);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_is_stopped()
    {
        await using var cluster = await StandInCluster.StartAsync();
        using var client = cluster.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ApplyAsync(Some.Manifests(), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not: [yaml")]
    [InlineData("apiVersion: v1\nkind: Config\n")]
    [InlineData("just words")]
    public void A_file_that_names_no_cluster_is_named(string? text)
    {
        using var directory = new TempDirectory();
        var path = directory.At("config");
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }

        Invalid(path, new() { Kubeconfig = path });
    }

    [Fact]
    public void A_context_that_the_file_has_not_is_named()
    {
        using var directory = new TempDirectory();
        var path = Kubeconfigs.Write(directory.At("config"), "http://127.0.0.1:1");

        Invalid("another", new() { Kubeconfig = path, Context = "another" });
        ClusterClient.Open(new() { Kubeconfig = path, Context = "test" }).Dispose();
    }

    [Theory]
    [InlineData("""client-certificate-data: "!!", client-key-data: "a2V5" """)]
    [InlineData("""client-certificate-data: "Y2VydA==", client-key-data: "a2V5" """)]
    [InlineData("""exec: { apiVersion: client.authentication.k8s.io/v1, command: "false", interactiveMode: Never }""")]
    [InlineData("""exec: { apiVersion: client.authentication.k8s.io/v1, command: no-such, interactiveMode: Never }""")]
    public void A_user_of_whom_nothing_proves_that_it_is_one_is_said(string user)
    {
        using var directory = new TempDirectory();
        var path = Kubeconfigs.Write(directory.At("config"), "https://127.0.0.1:1", user);

        Invalid(path, new() { Kubeconfig = path });
    }

    [Fact]
    public void An_address_that_is_none_is_named()
    {
        using var directory = new TempDirectory();
        var path = Kubeconfigs.Write(directory.At("config"), "not an address");

        Invalid("not an address", new() { Kubeconfig = path });
    }

    private static void Invalid(string fault, KubernetesOptions options)
    {
        var refusal = Assert.Throws<EnvelopeException>(() => ClusterClient.Open(options));
        Assert.Equal(EnvelopeError.Invalid, refusal.Error);
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }
}
