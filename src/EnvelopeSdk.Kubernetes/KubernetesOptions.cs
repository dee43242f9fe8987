namespace EnvelopeSdk.Kubernetes;

/// <summary>Which cluster services and jobs run on, and what every one of them gets there.</summary>
public sealed record KubernetesOptions
{
    /// <summary>The namespace, which has to be there.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// How many replicas a service may have when its processors are busy, 1 or more. One whose configuration asks for
    /// more has as many as that.
    /// </summary>
    public int MaxReplicas { get; init; } = 10;

    /// <summary>
    /// The share of a processor that each replica is promised, in thousandths, 1 or more. It may use what is free.
    /// </summary>
    public int CpuMillicores { get; init; } = 250;

    /// <summary>
    /// How many seconds a new pod may take until its image is there, besides those that the service takes, 0 or more.
    /// </summary>
    public int PullSeconds { get; init; } = 300;

    /// <summary>The secret of the namespace that images are pulled with; null: none is needed.</summary>
    public string? PullSecret { get; init; }

    /// <summary>Where jobs of batches read and write files; null: they have tables of databases alone.</summary>
    public ClaimMount? BatchClaim { get; init; }

    /// <summary>
    /// The file that names the cluster and who one is there; null: that of <c>kubectl</c>, or, for what runs in a
    /// cluster, that cluster.
    /// </summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context of that file; null: its current one.</summary>
    public string? Context { get; init; }
}
