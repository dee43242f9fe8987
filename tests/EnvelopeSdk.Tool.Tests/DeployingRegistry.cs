using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Hosting;
using Microsoft.Data.Sqlite;

namespace EnvelopeSdk.Tool.Tests;

/// <summary>
/// A registry that deploys, with one envelope, and the command as its client. Its engine stands still, as if another had
/// its place, and tests bring deployments on, until it is let go.
/// </summary>
internal sealed class DeployingRegistry : IAsyncDisposable
{
    public const string Url = "https://models.example";
    public const string Platform = "0.0.1-none";

    private readonly FileStream _place;
    private readonly RegistryServer _server;

    private DeployingRegistry(ToolRun tool, FileStream place, RegistryServer server) =>
        (Tool, _place, _server) = (tool, place, server);

    public ToolRun Tool { get; }

    public static async Task<DeployingRegistry> StartAsync()
    {
        var tool = await ToolRun.WithEnvelopeAsync();
        Directory.CreateDirectory(tool.At("services"));
        var place = new FileStream(
            tool.At("services/lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var server = await RegistryServer.StartAsync(new()
        {
            Store = tool.Store,
            Urls = "http://127.0.0.1:0",
            UserDirectory = tool.At("settings/envelope"),
            Deploying = new()
            {
                Directory = tool.At("services"),
                GatewayDirectory = tool.At("gateway"),
                PublicUrl = Url,
                Platform = Platform,
            },
        });
        tool.Home = server.Address;
        return new(tool, place, server);
    }

    /// <summary>Lets the engine bring deployments on.</summary>
    public void LetGo() => _place.Dispose();

    /// <summary>Deploys the envelope and lets it be what runs.</summary>
    /// <returns>The deployment.</returns>
    public async Task<long> DeployAsync(string configuration = ToolRun.Name)
    {
        Assert.Equal(0, (await Tool.RunAsync("configuration", "set", configuration)).Code);
        var asked = await Tool.RunAsync("deploy", ToolRun.Name, "--to", configuration, "--no-wait", "--json");
        Assert.True(asked.Code == 0, asked.Error);
        var id = (long)asked.Json["deployment"]!["id"]!;
        Become(id, DeploymentState.Live);
        return id;
    }

    /// <summary>Saves the envelope once more, as somebody whom the registry knows.</summary>
    public async Task SaveAsync()
    {
        var digest = (await Tool.RunAsync("show", ToolRun.Name, "--json")).Json["digest"]!;
        var line = new JsonObject
        {
            ["version"] = 1,
            ["id"] = Guid.CreateVersion7(),
            ["envelope"] = $"{digest}",
            ["kind"] = "saved",
            ["time"] = DateTimeOffset.UtcNow,
        };
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _server.Token);
        using var answer = await client.PostAsJsonAsync(
            new Uri($"{_server.Address}/api/envelopes/{ToolRun.Name}/{digest}/journal"),
            new { made = line.ToJsonString() + "\n", journal = "", signatures = "" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Brings a deployment to a state, as the engine does.</summary>
    public void Become(long id, string state, string? note = null)
    {
        var isLive = state == DeploymentState.Live;
        Run(
            """
            update deployment set live = 0, state = 'retired', live_until = @time
            where @live = 1 and live = 1 and configuration = (select configuration from deployment where id = @id);
            update deployment set state = @state, reason = @note, active = @active, live = @live,
              live_from = case when @live = 1 then @time end where id = @id;
            insert into deployment_step (deployment, state, time, note, told) values (@id, @state, @time, @note, 0);
            """,
            ("id", id), ("state", state), ("note", note), ("live", isLive ? 1 : 0),
            ("active", DeploymentState.Active.Contains(state) ? 1 : 0), ("time", DateTimeOffset.UtcNow.UtcTicks));
    }

    /// <summary>
    /// Lets a deployment have answered requests in the last minute, each within two or three milliseconds, or in more
    /// than half a minute.
    /// </summary>
    public void Answer(long id, int requests, bool isSlow = false)
    {
        foreach (var (minutes, count) in (ReadOnlySpan<(int, int)>)[(1, 0), (0, requests)])
        {
            Run(
                "insert into traffic_sample (deployment, time, started, counts) values (@id, @time, 1, @counts)",
                ("id", id), ("time", DateTimeOffset.UtcNow.AddMinutes(-minutes).UtcTicks),
                ("counts", JsonSerializer.Serialize(
                    new
                    {
                        requests = count,
                        latency = (int[])[0, 0, 0, isSlow ? 0 : count, .. new int[19], isSlow ? count : 0],
                    })));
        }
    }

    /// <summary>Says what a deployment waits for.</summary>
    public void Explain(long id, string reason) =>
        Run("update deployment set reason = @reason where id = @id", ("id", id), ("reason", reason));

    /// <summary>Lets a deployment have been made with another version of the platform.</summary>
    public void Age(long id) => Run("update deployment set platform = '0.0.0' where id = @id", ("id", id));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _place.DisposeAsync();
        Tool.Dispose();
    }

    private void Run(string sql, params (string Name, object? Value)[] values)
    {
        using var connection = new SqliteConnection(string.Create(
            CultureInfo.InvariantCulture, $"Data Source={Path.Combine(Tool.Store, "registry", "registry.db")};Pooling=False"));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"pragma busy_timeout = 10000; begin immediate; {sql}; commit";
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue("@" + name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}
