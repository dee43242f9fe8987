using System.Text.Json.Nodes;

namespace EnvelopeSdk.Service.OpenApi;

/// <summary>Members that are there when there is something to say.</summary>
internal static class JsonText
{
    public static void AddText(this JsonObject json, string name, string? text)
    {
        if (text is not null)
        {
            json[name] = text;
        }
    }
}
