namespace EnvelopeSdk.Deployments;

/// <summary>A configuration, as a registry has it.</summary>
/// <param name="Name">Its name, which is the first part of the path of its address.</param>
/// <param name="Version">The version of its settings: 1, and one more with each change.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Changed">When the version was made, in UTC.</param>
/// <param name="ChangedBy">Who made it.</param>
/// <param name="Url">Where its services answer, without a slash at the end.</param>
/// <param name="Live">What runs; null: nothing.</param>
/// <param name="Active">The deployment that is under way; null: none.</param>
/// <param name="Platform">
/// The version of EnvelopeSdk that the next deployment is built with; null: the registry deploys nothing.
/// </param>
/// <param name="Traffic">What the live deployment did in the last hour; null: that is not known.</param>
public sealed record DeploymentConfiguration(
    string Name, long Version, DeploymentSettings Settings, DateTimeOffset Changed, string ChangedBy, string Url,
    Deployment? Live, Deployment? Active, string? Platform = null, DeploymentTraffic? Traffic = null);

/// <summary>What a deployment did in the last hour.</summary>
/// <param name="From">
/// When the first request of it may have been, in UTC: later than an hour ago where nothing is known of before, and
/// earlier where the registry did not run then.
/// </param>
/// <param name="Requests">The requests that it answered, or began to.</param>
/// <param name="Failed">
/// Those that failed by its fault, and how often a replica of it could not be reached; another may have answered then.
/// </param>
/// <param name="MedianMilliseconds">
/// Half of its answers took at most this, or longer than half a minute if it is 30,000; null: there was none.
/// </param>
/// <param name="P95Milliseconds">The same of 95 of 100 answers.</param>
public sealed record DeploymentTraffic(
    DateTimeOffset From, long Requests, long Failed, double? MedianMilliseconds, double? P95Milliseconds);

/// <summary>An envelope on a configuration.</summary>
/// <param name="Id">Its number among all deployments of the registry.</param>
/// <param name="Configuration">The name of the configuration.</param>
/// <param name="Version">The version of the configuration.</param>
/// <param name="Name">The name of the envelope.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Platform">The version of EnvelopeSdk that generates the service.</param>
/// <param name="State">Where it is, one of <see cref="DeploymentState"/>.</param>
/// <param name="Reason">Why it waits, or has ended; null where there is nothing to say.</param>
/// <param name="Requested">When it was asked for, in UTC.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="Rule">The rule that asked for it; null: a person did.</param>
/// <param name="ApprovedBy">Who approved it; null: nobody did, or had to.</param>
/// <param name="Step">The step of the canary, from 0 on.</param>
/// <param name="Previous">The deployment that ran before it, to which a rollback leads; null: none.</param>
/// <param name="TakesBack">The deployment in whose place an earlier one comes back; null: it is no rollback.</param>
/// <param name="LiveFrom">From when on it has got all requests, in UTC; null: it has not.</param>
/// <param name="LiveUntil">Until when; null: it does still, or never has.</param>
public sealed record Deployment(
    long Id, string Configuration, long Version, string Name, string Digest, string Platform, string State,
    string? Reason, DateTimeOffset Requested, string RequestedBy, string? Rule, string? ApprovedBy, int Step,
    long? Previous, long? TakesBack, DateTimeOffset? LiveFrom, DateTimeOffset? LiveUntil);

/// <summary>Something that a deployment came to.</summary>
/// <param name="State">What.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Who">Who brought it there; null: the registry.</param>
/// <param name="Note">What there is to say of it.</param>
public sealed record DeploymentStep(string State, DateTimeOffset Time, string? Who, string? Note);

/// <summary>A deployment with what it came to, the earliest first.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Steps">What it came to.</param>
public sealed record DeploymentHistory(Deployment Deployment, IReadOnlyList<DeploymentStep> Steps);

/// <summary>What is to be deployed.</summary>
/// <param name="Envelope">The envelope: <c>name</c> (the newest) or <c>name@sha256:...</c>.</param>
public sealed record NewDeployment(string Envelope);

/// <summary>A version of the settings of a configuration.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Time">When it was made, in UTC.</param>
/// <param name="Who">Who made it.</param>
public sealed record ConfigurationChange(
    long Version, DeploymentSettings Settings, DateTimeOffset Time, string Who);
