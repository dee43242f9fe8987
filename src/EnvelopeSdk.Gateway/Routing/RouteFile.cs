using System.Text.Json;
using EnvelopeSdk.Gateway.Control;
using EnvelopeSdk.Packing;

namespace EnvelopeSdk.Gateway.Routing;

/// <summary>Keeps the routes for the next start, so that a gateway needs nobody to go on.</summary>
internal sealed class RouteFile(string directory)
{
    private readonly string _path = Path.Combine(directory, "routes.json");

    /// <exception cref="EnvelopeException">What is there cannot be used.</exception>
    public RouteList Load()
    {
        try
        {
            using var file = File.OpenRead(_path);
            var list = JsonSerializer.Deserialize(file, GatewayJsonContext.Default.RouteList);
            RouteList.Check(list);
            return list!;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return RouteList.Empty;
        }
        catch (Exception failure) when (failure is JsonException or EnvelopeException or IOException
            or UnauthorizedAccessException)
        {
            throw new EnvelopeException(
                EnvelopeError.Damaged,
                $"'{_path}' cannot be read: {failure.Message} Delete it: the gateway is told its routes again.",
                failure);
        }
    }

    public void Write(RouteList list) =>
        PrivateFile.Write(_path, JsonSerializer.Serialize(list, GatewayJsonContext.Default.RouteList));
}
