using System.Text.Json.Serialization;
using EnvelopeSdk.Gateway.Routing;

namespace EnvelopeSdk.Gateway.Control;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RouteList))]
[JsonSerializable(typeof(GatewayStatus))]
internal sealed partial class GatewayJsonContext : JsonSerializerContext;
