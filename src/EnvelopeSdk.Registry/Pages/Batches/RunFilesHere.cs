using EnvelopeSdk.Registry.Batches;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnvelopeSdk.Registry.Pages.Batches;

/// <summary>What runs have left in files of this registry.</summary>
internal static class RunFilesHere
{
    /// <returns>Null: it runs no jobs.</returns>
    public static RunFiles? Of(HttpContext context) => context.RequestServices.GetService<RunFiles>();
}
