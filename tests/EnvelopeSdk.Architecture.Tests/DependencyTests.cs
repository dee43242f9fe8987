using EnvelopeSdk.Architecture.Tests.Harness;
using EnvelopeSdk.Architecture.Tests.Rules;

namespace EnvelopeSdk.Architecture.Tests;

/// <summary>What a room does not need never reaches its users.</summary>
public class DependencyTests
{
    private const string AspNet = """<FrameworkReference Include="Microsoft.AspNetCore.App" />""";

    [Fact]
    public void The_runtime_stands_on_no_package() => Offences.None(Dependencies.OfRuntime(Repository.Projects));

    [Theory]
    [InlineData("""<PackageReference Include="System.Numerics.Tensors" />""")]
    [InlineData(AspNet)]
    public void A_package_of_the_runtime_is_named(string item) =>
        Assert.Single(Dependencies.OfRuntime([Project("EnvelopeSdk.Runtime", item)]));

    [Fact]
    public void Only_rooms_that_speak_HTTP_stand_on_ASP_NET() =>
        Offences.None(Dependencies.OnAspNet(Repository.Projects));

    [Theory]
    [InlineData("EnvelopeSdk.Runtime", AspNet)]
    [InlineData("EnvelopeSdk.Storage", AspNet)]
    [InlineData("EnvelopeSdk.Serving", AspNet)]
    [InlineData("EnvelopeSdk", AspNet)]
    [InlineData("EnvelopeSdk.Build", AspNet)]
    [InlineData("EnvelopeSdk.Batch", AspNet)]
    [InlineData("EnvelopeSdk.Kubernetes", AspNet)]
    [InlineData("EnvelopeSdk.Serving", """<PackageReference Include="Microsoft.AspNetCore.Http.Abstractions" />""")]
    [InlineData("EnvelopeSdk.Serving", """<PackageReference Include="Swashbuckle.AspNetCore.SwaggerUI" />""")]
    public void ASP_NET_in_a_room_below_is_named(string room, string item) => Assert.StartsWith(
        room + " -> ", Assert.Single(Dependencies.OnAspNet([Project(room, item)])), StringComparison.Ordinal);

    [Fact]
    public void The_SDK_of_web_projects_is_ASP_NET() => Assert.Single(Dependencies.OnAspNet([ProjectFile.Parse(
        "src/EnvelopeSdk.Serving/EnvelopeSdk.Serving.csproj", """<Project Sdk="Microsoft.NET.Sdk.Web" />""")]));

    [Fact]
    public void A_service_may_stand_on_ASP_NET() =>
        Offences.None(Dependencies.OnAspNet([Project("EnvelopeSdk.Service", AspNet)]));

    [Fact]
    public void A_framework_stays_in_its_room() => Offences.None(Dependencies.OnFrameworks(Repository.Projects));

    [Theory]
    [InlineData("EnvelopeSdk", "Microsoft.ML")]
    [InlineData("EnvelopeSdk.Tool", "Microsoft.ML.FastTree")]
    [InlineData("EnvelopeSdk.Serving", "Microsoft.Data.Analysis")]
    [InlineData("EnvelopeSdk.Service", "Microsoft.ML.OnnxRuntime")]
    [InlineData("EnvelopeSdk.Batch", "TorchSharp-cpu")]
    public void A_framework_in_another_room_is_named(string room, string package) => Assert.StartsWith(
        $"{room} -> {package}: ", Assert.Single(Dependencies.OnFrameworks([Project(room, Reference(package))])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("EnvelopeSdk.MLNet", "Microsoft.ML")]
    [InlineData("EnvelopeSdk.Tool", "Microsoft.MLA")]
    public void Other_packages_are_no_framework_out_of_its_room(string room, string package) =>
        Offences.None(Dependencies.OnFrameworks([Project(room, Reference(package))]));

    [Fact]
    public void Database_drivers_stay_where_tables_are() =>
        Offences.None(Dependencies.OnDatabases(Repository.Projects));

    [Theory]
    [InlineData("EnvelopeSdk.Storage", "Microsoft.Data.Sqlite")]
    [InlineData("EnvelopeSdk.Service", "Npgsql")]
    [InlineData("EnvelopeSdk.Tool", "DuckDB.NET.Data")]
    [InlineData("EnvelopeSdk.Serving", "Microsoft.EntityFrameworkCore")]
    public void A_database_driver_elsewhere_is_named(string room, string package) => Assert.StartsWith(
        $"{room} -> {package}: ", Assert.Single(Dependencies.OnDatabases([Project(room, Reference(package))])),
        StringComparison.Ordinal);

    [Fact]
    public void Clients_of_clouds_stay_in_the_registry() => Offences.None(Dependencies.OnClouds(Repository.Projects));

    [Theory]
    [InlineData("EnvelopeSdk.Storage", "AWSSDK.S3")]
    [InlineData("EnvelopeSdk.Tool", "Azure.Storage.Blobs")]
    public void A_client_of_a_cloud_elsewhere_is_named(string room, string package) => Assert.StartsWith(
        $"{room} -> {package}: ", Assert.Single(Dependencies.OnClouds([Project(room, Reference(package))])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("EnvelopeSdk.Registry", "AWSSDK.S3")]
    [InlineData("EnvelopeSdk.Storage", "Azurea")]
    public void The_registry_may_have_one_and_other_packages_are_none(string room, string package) =>
        Offences.None(Dependencies.OnClouds([Project(room, Reference(package))]));

    [Fact]
    public void Clients_of_clusters_stay_in_their_room() => Offences.None(Dependencies.OnClusters(Repository.Projects));

    [Theory]
    [InlineData("EnvelopeSdk.Registry", "KubernetesClient")]
    [InlineData("EnvelopeSdk.Tool", "KubernetesClient.Aot")]
    public void A_client_of_a_cluster_elsewhere_is_named(string room, string package) => Assert.StartsWith(
        $"{room} -> {package}: ", Assert.Single(Dependencies.OnClusters([Project(room, Reference(package))])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("EnvelopeSdk.Kubernetes", "KubernetesClient")]
    [InlineData("EnvelopeSdk.Registry", "KubernetesClients")]
    public void The_room_of_clusters_may_have_one_and_other_packages_are_none(string room, string package) =>
        Offences.None(Dependencies.OnClusters([Project(room, Reference(package))]));

    [Fact]
    public void Times_of_cron_stay_in_the_registry() => Offences.None(Dependencies.OnTimes(Repository.Projects));

    [Theory]
    [InlineData("EnvelopeSdk.Batch", "Cronos")]
    [InlineData("EnvelopeSdk.Storage", "Quartz.Extensions.Hosting")]
    public void A_reader_of_times_of_cron_elsewhere_is_named(string room, string package) => Assert.StartsWith(
        $"{room} -> {package}: ", Assert.Single(Dependencies.OnTimes([Project(room, Reference(package))])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("EnvelopeSdk.Registry", "Cronos")]
    [InlineData("EnvelopeSdk.Batch", "Cronosphere")]
    public void The_registry_reads_times_of_cron_and_other_packages_do_not(string room, string package) =>
        Offences.None(Dependencies.OnTimes([Project(room, Reference(package))]));

    [Theory]
    [InlineData("EnvelopeSdk.Registry", "Microsoft.Data.Sqlite")]
    [InlineData("EnvelopeSdk.Batch", "DuckDB.NET.Data")]
    public void Rooms_of_tables_may_have_one(string room, string package) =>
        Offences.None(Dependencies.OnDatabases([Project(room, Reference(package))]));

    private static string Reference(string package) => $"""<PackageReference Include="{package}" />""";

    private static ProjectFile Project(string name, string items) => ProjectFile.Parse(
        $"src/{name}/{name}.csproj", $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>{items}</ItemGroup></Project>""");
}
