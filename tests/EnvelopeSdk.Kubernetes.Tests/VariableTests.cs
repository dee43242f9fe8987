using System.Text;
using CsCheck;
using EnvelopeSdk.Kubernetes.Tests.StandIn;
using k8s.Models;

namespace EnvelopeSdk.Kubernetes.Tests;

/// <summary>The environment of a service.</summary>
public class VariableTests
{
    [Fact]
    public void A_service_is_told_where_it_listens_and_below_which_path_it_is_reached()
    {
        var manifests = Some.Read();

        Assert.Equal("http://+:8080", manifests.Variable("ASPNETCORE_URLS").Value);
        Assert.Equal("/diamond-price", manifests.Variable("Envelope__PathBase").Value);
        Assert.Equal("true", manifests.Variable("ASPNETCORE_FORWARDEDHEADERS_ENABLED").Value);
        Assert.Equal("", manifests.Variable("ASPNETCORE_HTTP_PORTS").Value);
    }

    [Fact]
    public void A_secret_is_named_and_its_value_is_not_there()
    {
        var manifests = Some.Read(new()
        {
            Environment = new Dictionary<string, string> { ["Plain"] = "1", ["Both"] = "open" },
            Secrets = new Dictionary<string, string> { ["Both"] = "prices.db" },
        });

        var secret = manifests.Variable("Both");
        Assert.Null(secret.Value);
        Assert.Equal(("prices.db", "value"), (secret.ValueFrom.SecretKeyRef.Name, secret.ValueFrom.SecretKeyRef.Key));
        Assert.Equal("1", manifests.Variable("Plain").Value);
    }

    [Fact]
    public void Settings_do_not_say_where_a_service_listens()
    {
        var manifests = Some.Read(new()
        {
            Environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://+:1", ["HOME"] = "/home" },
            Secrets = new Dictionary<string, string> { ["Envelope__PathBase"] = "path" },
        });

        Assert.Equal("http://+:8080", manifests.Variable("ASPNETCORE_URLS").Value);
        Assert.Equal("/diamond-price", manifests.Variable("Envelope__PathBase").Value);
        Assert.Equal("/home", manifests.Variable("HOME").Value);
    }

    [Theory]
    [InlineData("pa$$word")]
    [InlineData("$(HOME)")]
    [InlineData("$$(HOME)$")]
    public void A_value_with_dollars_is_what_the_service_gets(string value) => Assert.Equal(value, Got(value));

    [Fact]
    public void Every_value_is_what_the_service_gets() =>
        Gen.OneOf('$', '(', ')', 'A', '{', ' ').Array[0, 12].Sample(
            letters => Got(new(letters)) == new string(letters), iter: 500);

    private static string Got(string value) => Expanded(
        Some.Manifests(new() { Environment = new Dictionary<string, string> { ["A"] = value } })
            .OfType<V1Deployment>().Single().Spec.Template.Spec.Containers[0].Env.Single(one => one.Name == "A").Value);

    /// <summary>
    /// A value as a cluster gives it to a container: <c>$(NAME)</c> is that of a variable, <c>$$</c> is <c>$</c>.
    /// </summary>
    private static string Expanded(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var (next, end) = (i + 1 < value.Length ? value[i + 1] : ' ', value.IndexOf(')', i));
            if (value[i] == '$' && next == '(' && end > 0)
            {
                text.Append("another variable");
                i = end;
                continue;
            }

            text.Append(value[i]);
            i += value[i] == '$' && next == '$' ? 1 : 0;
        }

        return text.ToString();
    }
}
