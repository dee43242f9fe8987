using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>How requests come to a service, and what it may ask others.</summary>
public class TrafficTests
{
    [Fact]
    public void Requests_come_in_at_one_port_alone()
    {
        var policy = Some.Read().One<V1NetworkPolicy>().Spec;

        Assert.Equal(["Ingress", "Egress"], policy.PolicyTypes);
        var port = Assert.Single(Assert.Single(policy.Ingress).Ports);
        Assert.Equal(("TCP", "8080"), (port.Protocol, port.Port.Value));
    }

    [Fact]
    public void A_service_asks_the_cluster_for_names_and_nobody_for_anything_else()
    {
        var rule = Assert.Single(Some.Read().One<V1NetworkPolicy>().Spec.Egress);

        Assert.Equal([("UDP", "53"), ("TCP", "53")], rule.Ports.Select(one => (one.Protocol, one.Port.Value)));
        Assert.All(rule.Ports, one => Assert.Null(one.EndPort));
        Assert.Equal(2, rule.To.Count);
        Assert.NotNull(rule.To[0].NamespaceSelector);
        Assert.Null(rule.To[0].IpBlock);
        Assert.Equal("169.254.20.10/32", rule.To[1].IpBlock.Cidr);
    }

    [Fact]
    public void A_Service_leads_to_the_port_at_which_pods_listen()
    {
        var service = Some.Read().One<V1Service>().Spec;

        Assert.Equal("ClusterIP", service.Type);
        var port = Assert.Single(service.Ports);
        Assert.Equal((80, "TCP", "http"), (port.Port, port.Protocol, port.TargetPort.Value));
    }

    [Fact]
    public void All_objects_mean_the_same_pods()
    {
        var manifests = Some.Read(new() { Replicas = 2 });
        var pods = manifests.Deployment.Spec.Template.Metadata.Labels;
        var selector = manifests.Deployment.Spec.Selector.MatchLabels;

        Assert.NotEmpty(selector);
        Assert.All(selector, label => Assert.Equal(label.Value, pods[label.Key]));
        Assert.Equal(selector, manifests.One<V1Service>().Spec.Selector);
        Assert.Equal(selector, manifests.One<V1NetworkPolicy>().Spec.PodSelector.MatchLabels);
        Assert.Equal(selector, manifests.One<V1PodDisruptionBudget>().Spec.Selector.MatchLabels);
    }
}
