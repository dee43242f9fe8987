using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Manifests;

/// <summary>How requests come to a service, and what it may ask others.</summary>
internal static class TrafficManifests
{
    private const int DnsPort = 53;

    /// <summary>Where nodes that answer for the cluster's own name service listen.</summary>
    private const string NodeDns = "169.254.20.10/32";

    public static V1Service Service(ServiceIdentity identity) => new()
    {
        ApiVersion = "v1",
        Kind = V1Service.KubeKind,
        Metadata = identity.Metadata(),
        Spec = new()
        {
            Type = "ClusterIP",
            Selector = identity.Selector.MatchLabels,
            Ports =
            [
                new()
                {
                    Name = ServiceContainer.PortName,
                    Port = 80,
                    Protocol = "TCP",
                    TargetPort = ServiceContainer.PortName,
                },
            ],
        },
    };

    /// <summary>
    /// Requests come in at one port. Out goes nothing but questions for names, and those to the cluster alone.
    /// </summary>
    public static V1NetworkPolicy Policy(ServiceIdentity identity) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = V1NetworkPolicy.KubeKind,
        Metadata = identity.Metadata(),
        Spec = new()
        {
            PodSelector = identity.Selector,
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = [new() { Ports = [PortOf("TCP", ServiceContainer.Port)] }],
            Egress =
            [
                new()
                {
                    Ports = [PortOf("UDP", DnsPort), PortOf("TCP", DnsPort)],
                    To = [new() { NamespaceSelector = new() }, new() { IpBlock = new() { Cidr = NodeDns } }],
                },
            ],
        },
    };

    private static V1NetworkPolicyPort PortOf(string protocol, int port) => new() { Protocol = protocol, Port = port };
}
