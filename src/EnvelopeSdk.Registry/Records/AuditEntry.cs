using System.Text.Json;
using EnvelopeSdk.Envelopes;
using EnvelopeSdk.Journal;

namespace EnvelopeSdk.Registry.Records;

/// <summary>One change that somebody makes.</summary>
/// <param name="Action">What is done, as <see cref="AuditAction"/> names it.</param>
internal sealed record AuditEntry(string Action)
{
    /// <summary>The name of the envelope, or of the repository.</summary>
    public string? Envelope { get; init; }

    public Digest? Digest { get; init; }

    /// <summary>Of what: a tag, a metric, a key.</summary>
    public string? Subject { get; init; }

    public JsonElement? Before { get; init; }

    public JsonElement? After { get; init; }

    /// <summary>The journal's event that the registry writes for its caller.</summary>
    public Guid? Event { get; init; }

    /// <summary>What an event changes.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="one">The event.</param>
    /// <param name="before">The value that was there before it.</param>
    /// <param name="isStamped">Whether it bears the caller's name, and is no claim of somebody else.</param>
    public static AuditEntry Of(EnvelopeReference envelope, JournalEvent one, JsonElement? before, bool isStamped) =>
        new(ActionOf(one))
        {
            Envelope = envelope.Name,
            Digest = envelope.Digest,
            Subject = one.Step is { } step ? $"{one.Name}[{step}]" : one.Name,
            Before = before,
            After = one.Value,
            Event = isStamped ? one.Id : null,
        };

    private static string ActionOf(JournalEvent one) => one.Kind switch
    {
        JournalEventKind.Saved => AuditAction.Save,
        JournalEventKind.Tag => AuditAction.Tag,
        JournalEventKind.Metric => AuditAction.Metric,
        _ => AuditAction.Other,
    };
}

/// <summary>What can be done.</summary>
internal static class AuditAction
{
    public const string Save = "save";
    public const string Tag = "tag";
    public const string Metric = "metric";
    public const string Sign = "sign";
    public const string Delete = "delete";
    public const string Collect = "collect";

    /// <summary>A manifest, which is under a tag then.</summary>
    public const string Push = "push";

    public const string AddKey = "add-key";
    public const string RevokeKey = "revoke-key";
    public const string AddWebhook = "add-webhook";
    public const string RemoveWebhook = "remove-webhook";
    public const string Configure = "configure";
    public const string RemoveConfiguration = "remove-configuration";
    public const string SetRule = "set-rule";
    public const string RemoveRule = "remove-rule";
    public const string Deploy = "deploy";
    public const string RollBack = "roll-back";
    public const string ApproveDeployment = "approve-deployment";
    public const string RejectDeployment = "reject-deployment";
    public const string CancelDeployment = "cancel-deployment";
    public const string PromoteDeployment = "promote-deployment";
    public const string ConfigureBatch = "configure-batch";
    public const string RemoveBatch = "remove-batch";
    public const string RunBatch = "run-batch";
    public const string CancelBatchRun = "cancel-batch-run";

    /// <summary>An event that only a newer version knows.</summary>
    public const string Other = "other";
}

/// <summary>A change as it was recorded.</summary>
/// <param name="Id">Its place: later changes have greater ones.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Who">Who.</param>
/// <param name="Via">By what the registry knew them.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c>, or <c>begun</c>: the registry ended before it knew.</param>
/// <param name="Change">What was changed.</param>
internal sealed record AuditRecord(
    long Id, DateTimeOffset Time, string Who, string Via, string Outcome, AuditEntry Change);
