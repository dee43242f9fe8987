using EnvelopeSdk.Deployments;
using EnvelopeSdk.Registry.Access;
using EnvelopeSdk.Registry.Deploying.Records;
using EnvelopeSdk.Registry.Deploying.Traffic;
using Microsoft.AspNetCore.Components;

namespace EnvelopeSdk.Registry.Pages.Deployments;

/// <summary>All that is known of one configuration.</summary>
public sealed partial class ConfigurationPage
{
    private ConfigurationVersion? _configuration; // null until all is read
    private DeploymentRow? _live;
    private DeploymentRow? _active;
    private DeploymentRow? _failed; // the last of all, if it has failed
    private CountedTraffic? _liveTraffic;
    private CountedTraffic? _activeTraffic;
    private DeploymentSettings? _activeSettings;
    private IReadOnlyList<DeploymentStep> _steps = [];
    private bool _mayDeploy;

    /// <summary>Its name.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    private string? Who => Http.HttpContext!.User.Identity?.Name;

    /// <summary>What the deployment under way waits for.</summary>
    private string? Waits => _active switch
    {
        { State: DeploymentState.Requested, Approval: { } approval } => $"Waits for approval. {approval}",
        _ => _active?.Shown.Reason,
    };

    /// <summary>Reads it.</summary>
    protected override async Task OnInitializedAsync()
    {
        var cancellation = Http.HttpContext!.RequestAborted;
        var configuration = await Configurations.GetAsync(Name, cancellation);
        _mayDeploy = Grants.Of(Http.HttpContext.User).May(Role.Deploy, Name);
        var current = await Deployed.CurrentAsync(Name, cancellation);
        _live = current.FirstOrDefault(one => one.IsLive);
        _active = current.FirstOrDefault(one => one.IsActive);
        _liveTraffic = await Hour.OfAsync(_live, cancellation);
        _activeTraffic = await Hour.OfAsync(_active, cancellation);
        if (_active is not null)
        {
            _activeSettings = await Configurations.SettingsAsync(Name, _active.Shown.Version, cancellation);
            _steps = await Deployed.StepsAsync(_active.Id, cancellation);
        }

        _failed = (await Deployed.ListAsync(Name, null, 1, cancellation))
            .FirstOrDefault(one => one.State == DeploymentState.Failed);
        _configuration = configuration;
    }

    private static string Asker(Deployment one) => one.Rule is { } rule ? $"the rule {rule}" : one.RequestedBy;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
