using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Access;

/// <summary>A clock that shows what it is set to.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = CraftedStore.Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
