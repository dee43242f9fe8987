namespace EnvelopeSdk.Deployments;

/// <summary>Where a deployment is.</summary>
public static class DeploymentState
{
    /// <summary>It is asked for, and waits if somebody has to approve it.</summary>
    public const string Requested = "requested";

    /// <summary>It may go on.</summary>
    public const string Approved = "approved";

    /// <summary>Its service is generated and built, if it was not before.</summary>
    public const string Building = "building";

    /// <summary>Its processes start.</summary>
    public const string Starting = "starting";

    /// <summary>It has passed the gates.</summary>
    public const string Validated = "validated";

    /// <summary>It gets a share of the requests.</summary>
    public const string Canary = "canary";

    /// <summary>It gets all requests; what ran before ends what it has begun.</summary>
    public const string Switched = "switched";

    /// <summary>What ran before has ended all that it had begun.</summary>
    public const string Drained = "drained";

    /// <summary>It alone runs.</summary>
    public const string Live = "live";

    /// <summary>Another has taken its place.</summary>
    public const string Retired = "retired";

    /// <summary>It did not pass, did not start, or was worse than what ran.</summary>
    public const string Failed = "failed";

    /// <summary>It was not approved.</summary>
    public const string Rejected = "rejected";

    /// <summary>It was stopped before it got all requests.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It ran, and was taken back.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>The states of a deployment that is under way.</summary>
    public static readonly IReadOnlyList<string> Active =
        [Requested, Approved, Building, Starting, Validated, Canary, Switched, Drained];

    /// <summary>The states in which a deployment ends without having been replaced.</summary>
    public static readonly IReadOnlyList<string> Unwanted = [Failed, Rejected, Cancelled, RolledBack];
}
