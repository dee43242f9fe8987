namespace EnvelopeSdk.Registry.Events.Webhooks;

/// <summary>An address that is told of what happens.</summary>
/// <param name="Id">What it is called here.</param>
/// <param name="Url">Where messages are posted to.</param>
/// <param name="Kinds">What it is told of; null: of all.</param>
/// <param name="Names">The pattern of the names of envelopes and batches that it is told of; null: of all.</param>
/// <param name="Created">When it was made, in UTC.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Failures">How often the message that it has to get next was not taken.</param>
/// <param name="Trouble">Why not, the last time; null when there is none.</param>
public sealed record Webhook(
    string Id, string Url, IReadOnlyList<string>? Kinds, string? Names, DateTimeOffset Created, string CreatedBy,
    long Failures, string? Trouble);

/// <summary>What a webhook is to be.</summary>
/// <param name="Url">Where messages are posted to: <c>https://...</c>, or <c>http://</c>.</param>
/// <param name="Kinds">
/// What it is told of, some of <see cref="EnvelopeSdk.Registries.RegistryEventKind"/>; null: all.
/// </param>
/// <param name="Names">A pattern of the names of envelopes and batches, <c>pricing-*</c>; null: all.</param>
public sealed record NewWebhook(string Url, IReadOnlyList<string>? Kinds = null, string? Names = null);

/// <summary>A webhook that was made.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">
/// What signs its messages, which is not shown again: <c>whsec_</c> and 32 bytes in base64.
/// </param>
public sealed record MadeWebhook(Webhook Webhook, string Secret);
