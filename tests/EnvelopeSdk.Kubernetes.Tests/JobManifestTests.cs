using EnvelopeSdk.Batches;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>What an attempt of a run is on a cluster.</summary>
public class JobManifestTests
{
    private static readonly BatchSettings Settings = new() { Input = "SELECT 1", Output = "postgresql://db/out#prices" };

    [Fact]
    public void A_job_with_all_settings_is_this_text() => GoldenTests.Compare("job.yaml", ManifestYaml.Write(
    [
        JobManifests.Of(
            Some.Job(),
            Settings with
            {
                Environment = new Dictionary<string, string> { ["PGUSER"] = "$(HOME)" },
                Secrets = new Dictionary<string, string> { ["PGPASSWORD"] = "db" },
                MemoryMegabytes = 1024,
                Threads = 2,
                TimeoutMinutes = 30,
            },
            Some.Options with { BatchClaim = new("tables"), PullSecret = "pull" }),
    ]));

    [Fact]
    public void A_job_is_tried_once_and_removed_by_the_cluster_a_day_after_its_end()
    {
        var job = Read(Settings);

        Assert.Equal((0, 86_400, null), (job.Spec.BackoffLimit, job.Spec.TtlSecondsAfterFinished, job.Spec.ActiveDeadlineSeconds));
        Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy);
        Assert.Equal(600, Read(Settings with { TimeoutMinutes = 10 }).Spec.ActiveDeadlineSeconds);
    }

    [Fact]
    public void A_job_may_do_what_a_service_may_and_writes_to_tmp_and_a_claim_alone()
    {
        var pod = Read(Settings, Some.Options with { BatchClaim = new("tables", "/in/out") }).Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.Equivalent(Some.Read().Container.SecurityContext, container.SecurityContext);
        Assert.Equal((false, false), (pod.AutomountServiceAccountToken, pod.EnableServiceLinks));
        Assert.Equal(1654, pod.SecurityContext.FsGroup);
        Assert.Equal(["/tmp", "/in/out"], container.VolumeMounts.Select(one => one.MountPath));
        Assert.Equal([null, "tables"], pod.Volumes.Select(one => one.PersistentVolumeClaim?.ClaimName));
        Assert.Equal("/tmp", Assert.Single(Assert.Single(Read(Settings).Spec.Template.Spec.Containers).VolumeMounts).MountPath);
    }

    [Fact]
    public void Words_and_values_reach_the_job_as_they_are()
    {
        var container = Assert.Single(Read(Settings).Spec.Template.Spec.Containers);

        Assert.Equal("--input=SELECT '$$(HOME)'", container.Args[1]); // as a cluster writes $(HOME)
        Assert.Null(container.Command);
    }

    [Fact]
    public void Memory_is_promised_and_limited_alike_and_threads_are_processors()
    {
        var resources = Assert.Single(
            Read(Settings with { MemoryMegabytes = 512, Threads = 3 }).Spec.Template.Spec.Containers).Resources;

        Assert.Equal(
            ("512Mi", "512Mi", 3m),
            (resources.Requests["memory"].ToString(), resources.Limits["memory"].ToString(), resources.Requests["cpu"].ToDecimal()));
        Assert.Null(Assert.Single(Read(Settings).Spec.Template.Spec.Containers).Resources.Limits);
    }

    [Fact]
    public void Each_attempt_of_each_run_has_a_name_of_its_own_which_does_not_change()
    {
        ClusterJob[] jobs =
        [
            Some.Job(), Some.Job(attempt: 2), Some.Job(run: "a2-7-638"), Some.Job("other"),
            Some.Job(new string('x', 80)), Some.Job("a.b_c"),
        ];
        var names = jobs.Select(JobManifests.NameOf).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(names, jobs.Select(JobManifests.NameOf));
        Assert.StartsWith("nightly-7-1-", names[0], StringComparison.Ordinal);
        Assert.All(names, one => Assert.Matches(@"\A[a-z][a-z0-9-]{0,62}\z", one));
    }

    [Fact]
    public void A_job_has_the_labels_of_what_the_registry_manages_and_says_whose_it_is()
    {
        var job = Read(Settings);

        foreach (var one in (V1ObjectMeta[])[job.Metadata, job.Spec.Template.Metadata])
        {
            Assert.Equal(job.Metadata.Name, one.Labels["app.kubernetes.io/name"]);
            Assert.Equal("envelope-registry", one.Labels["app.kubernetes.io/managed-by"]);
            Assert.Equal("nightly", one.Labels["envelopesdk.dev/batch"]);
            Assert.Equal(("a1-7-638", Some.Digest), (one.Annotations["envelopesdk.dev/run"], one.Annotations["envelopesdk.dev/digest"]));
        }
    }

    [Theory]
    [InlineData("tables", "tables", "/data")]
    [InlineData("tables:/in/", "tables", "/in")]
    public void A_claim_has_a_name_and_a_path(string text, string claim, string path) =>
        Assert.Equal(new ClaimMount(claim, path), ClaimMount.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Tables")]
    [InlineData("tables:data")]
    [InlineData("tables:/")]
    [InlineData("tables:/tmp")]
    [InlineData("tables:/data/../usr")]
    [InlineData("tables:/usr/share")]
    public void What_cannot_be_mounted_is_refused(string text) => Assert.Equal(
        EnvelopeError.Invalid, Assert.Throws<EnvelopeException>(() => ClaimMount.Parse(text)).Error);

    [Theory]
    [InlineData("/data/a.csv", true)]
    [InlineData("/data/a/*.parquet", true)]
    [InlineData("/data", false)]
    [InlineData("/database/a.csv", false)]
    [InlineData("data/a.csv", false)]
    [InlineData("/data/../etc/a.csv", false)]
    public void A_claim_has_the_files_below_its_path(string path, bool has) =>
        Assert.Equal(has, new ClaimMount("tables").Has(path));

    [Fact]
    public void What_a_cluster_would_not_run_is_refused()
    {
        foreach (var settings in (BatchSettings[])[
            Settings with { MemoryMegabytes = 255 },
            Settings with { Secrets = new Dictionary<string, string> { ["A"] = "Upper" } }])
        {
            Assert.Equal(
                EnvelopeError.Invalid,
                Assert.Throws<EnvelopeException>(() => JobManifests.Of(Some.Job(), settings, Some.Options)).Error);
        }
    }

    private static V1Job Read(BatchSettings settings, KubernetesOptions? options = null) =>
        Assert.Single(KubernetesYaml.LoadAllFromString(
            ManifestYaml.Write([JobManifests.Of(Some.Job(), settings, options ?? Some.Options)]), strict: true)
            .OfType<V1Job>());
}
