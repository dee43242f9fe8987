namespace EnvelopeSdk.Registry.Deploying.Records;

/// <summary>What the tables of deployments are asked and told.</summary>
internal static class DeploymentSql
{
    public const string Columns =
        """
        id, configuration, version, envelope, digest, platform, state, reason, requested, requested_by, rule,
        approved_by, step, previous, takes_back, live_from, live_until, approval, step_since, canary, active, live
        """;

    public const string Insert =
        """
        insert into deployment (configuration, version, envelope, digest, platform, state, approval, requested,
          requested_by, rule, step, step_since, previous, takes_back, active, live)
        values (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, 0, 0, @10, @11, 1, 0) returning id
        """;

    /// <summary>
    /// What a rollback of a deployment leads to: what runs now; or, if that is the same envelope on the same version of
    /// the configuration and of the platform, what it would lead back to itself.
    /// </summary>
    public const string Before =
        """
        select case when version = @1 and envelope = @2 and digest = @3 and platform = @4
          then coalesce(previous, -1) else id end from deployment where configuration = @0 and live = 1
        """;

    /// <summary>Moves a deployment on, unless it is elsewhere by now.</summary>
    public const string Move =
        """
        update deployment set state = @2, reason = @3, active = @4, step_since = @5 where id = @0 and state = @1
        returning 1
        """;

    public const string AddStep =
        "insert into deployment_step (deployment, state, time, who, note, told) values (@0, @1, @2, @3, @4, @5)";

    /// <summary>What runs of a configuration runs no more.</summary>
    public const string Retire =
        """
        update deployment set live = 0, state = @2, live_until = @1 where configuration = @0 and live = 1 returning id
        """;

    public const string Promote =
        "update deployment set live = 1, active = 0, state = @1, live_from = @2 where id = @0";
}
