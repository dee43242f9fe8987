namespace EnvelopeSdk.Tests.Support;

/// <summary>A test that runs programs as another user.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip =
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "Has to be run as root on Linux.";
}
