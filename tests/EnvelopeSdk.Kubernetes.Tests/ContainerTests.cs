using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>What runs in a pod, and what it may do there.</summary>
public class ContainerTests
{
    [Fact]
    public void A_service_is_nobody_who_may_do_anything()
    {
        var rights = Some.Read().Container.SecurityContext;

        Assert.True(rights.RunAsNonRoot);
        Assert.Equal(1654, rights.RunAsUser);
        Assert.Equal(1654, rights.RunAsGroup);
        Assert.True(rights.ReadOnlyRootFilesystem);
        Assert.False(rights.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], rights.Capabilities.Drop);
        Assert.Null(rights.Capabilities.Add);
        Assert.Equal("RuntimeDefault", rights.SeccompProfile.Type);
        Assert.Null(rights.Privileged);
    }

    [Fact]
    public void A_service_has_no_account_of_the_cluster_and_writes_to_tmp_alone()
    {
        var manifests = Some.Read();

        Assert.False(manifests.Pod.AutomountServiceAccountToken);
        Assert.False(manifests.Pod.EnableServiceLinks);
        var volume = Assert.Single(manifests.Pod.Volumes);
        Assert.NotNull(volume.EmptyDir);
        var mount = Assert.Single(manifests.Container.VolumeMounts);
        Assert.Equal((volume.Name, "/tmp"), (mount.Name, mount.MountPath));
        Assert.Equal("/tmp", manifests.Variable("HOME").Value);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 30)]
    [InlineData(91, 46)]
    [InlineData(3_600, 1_800)]
    public void A_service_has_the_seconds_of_its_settings_to_start(int seconds, int probes)
    {
        var manifests = Some.Read(new() { Limits = new() { StartSeconds = seconds } });

        var probe = manifests.Container.StartupProbe;
        Assert.Equal(("/health/ready", "http"), (probe.HttpGet.Path, probe.HttpGet.Port.Value));
        Assert.Equal((2, probes), (probe.PeriodSeconds, probe.FailureThreshold));
        Assert.Equal(seconds + 300, manifests.Deployment.Spec.ProgressDeadlineSeconds);
    }

    [Fact]
    public void A_service_is_asked_whether_it_lives_and_is_ready_where_it_listens()
    {
        var container = Some.Read().Container;

        Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
        Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.Equal("http", container.LivenessProbe.HttpGet.Port.Value);
        Assert.Equal("http", container.ReadinessProbe.HttpGet.Port.Value);
        var port = Assert.Single(container.Ports);
        Assert.Equal(("http", 8080), (port.Name, port.ContainerPort));
    }

    [Fact]
    public void A_pod_that_is_to_end_takes_requests_until_all_know_it_and_ends_what_it_has_begun()
    {
        var pod = Some.Read().Pod;

        Assert.Equal(5, Assert.Single(pod.Containers).Lifecycle.PreStop.Sleep.Seconds);
        Assert.Equal(35, pod.TerminationGracePeriodSeconds);
    }

    [Fact]
    public void Memory_is_promised_and_limited_alike()
    {
        var resources = Some.Read(new() { Limits = new() { MemoryMegabytes = 512 } }).Container.Resources;

        Assert.Equal("512Mi", resources.Requests["memory"].ToString());
        Assert.Equal("512Mi", resources.Limits["memory"].ToString());
        Assert.Equal("250m", resources.Requests["cpu"].ToString());
        Assert.Equal(["memory"], resources.Limits.Keys);
    }

    [Fact]
    public void A_service_without_a_limit_of_memory_is_promised_a_share_of_a_processor_alone()
    {
        var resources = Some.Read(options: Some.Options with { CpuMillicores = 1_500 }).Container.Resources;

        Assert.Null(resources.Limits);
        Assert.Equal(["cpu"], resources.Requests.Keys);
        Assert.Equal(1.5m, resources.Requests["cpu"].ToDecimal());
    }

    [Fact]
    public void An_image_is_pulled_with_the_secret_of_the_options()
    {
        var manifests = Some.Read(options: Some.Options with { PullSecret = "pull" });

        Assert.Equal("registry.example:5000/services/diamond-price:17", manifests.Container.Image);
        Assert.Equal("pull", Assert.Single(manifests.Pod.ImagePullSecrets).Name);
        Assert.Null(Some.Read().Pod.ImagePullSecrets);
    }
}
