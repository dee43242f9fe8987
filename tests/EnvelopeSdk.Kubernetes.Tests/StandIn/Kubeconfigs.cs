namespace EnvelopeSdk.Kubernetes.Tests.StandIn;

/// <summary>Files that say which cluster.</summary>
internal static class Kubeconfigs
{
    public static string Write(string path, string server, string user = "token: word")
    {
        File.WriteAllText(
            path,
            $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: here, cluster: { server: "{{server}}" } }]
            users: [{ name: tester, user: { {{user}} } }]
            contexts: [{ name: test, context: { cluster: here, user: tester } }]
            current-context: test
            """);
        return path;
    }
}
