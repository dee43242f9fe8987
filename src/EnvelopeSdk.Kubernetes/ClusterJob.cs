namespace EnvelopeSdk.Kubernetes;

/// <summary>An attempt of a run of a batch, which a cluster has as one Job.</summary>
/// <param name="Batch">The name of the batch.</param>
/// <param name="Run">What the run is called by all its attempts, and by no other run.</param>
/// <param name="Id">The number of the run.</param>
/// <param name="Attempt">Which attempt it is, from 1 on.</param>
/// <param name="Image">Where the image lies: <c>host/repository@sha256:...</c>.</param>
/// <param name="Envelope">The name of the envelope.</param>
/// <param name="Digest">The digest of the envelope.</param>
/// <param name="Platform">The version of EnvelopeSdk that generated the job.</param>
/// <param name="Arguments">What its program is told.</param>
public sealed record ClusterJob(
    string Batch, string Run, long Id, int Attempt, string Image, string Envelope, string Digest, string Platform,
    IReadOnlyList<string> Arguments);
