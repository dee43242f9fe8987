using System.Globalization;
using System.Net.Http.Headers;

namespace EnvelopeSdk.Tool.Quickstart;

/// <summary>The running service, and a held-out row with what the training program predicted for it.</summary>
internal sealed class ServedModel : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly PredictionExample _heldOut;

    private ServedModel(HttpClient http, ServiceProcess service, Uri address, PredictionExample heldOut) =>
        (_http, Service, _address, _heldOut) = (http, service, address, heldOut);

    public ServiceProcess Service { get; }

    public static async Task<ServedModel> StartAsync(Workspace workspace, CancellationToken cancellation)
    {
        var heldOut = HeldOutRow.Read(workspace);
        var assembly = Path.Combine(workspace.ServiceProject, "bin", "Debug", "net10.0", "DiamondService.dll");
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }); // the service is on this machine
        try
        {
            var (service, address) = await ServiceProcess.StartAsync(
                workspace.Environment, assembly, http, cancellation);
            return new ServedModel(http, service, address, heldOut);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Asks the service for the row's prediction and compares all bits of it.</summary>
    public async Task CompareAsync(CancellationToken cancellation)
    {
        using var body = new ByteArrayContent(HeldOutRow.Body(_heldOut));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(new Uri(_address, _heldOut.Query), body, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new StepException($"The service answered {(int)response.StatusCode}.", answer);
        }

        var served = float.Parse(answer, CultureInfo.InvariantCulture);
        if (BitConverter.SingleToInt32Bits(served) != BitConverter.SingleToInt32Bits(_heldOut.Output.GetSingle()))
        {
            throw new StepException(
                $"The service predicted {answer}, the training program {_heldOut.Output}.",
                _heldOut.Input.GetRawText());
        }
    }

    /// <summary>Prints where the service is and how to call it.</summary>
    public void Announce()
    {
        Console.WriteLine($"The service and the training program predict the same, to the last bit: {_heldOut.Output}");
        Console.WriteLine();
        Console.WriteLine($"Service: {_address.ToString().TrimEnd('/')}");
        Console.WriteLine($"Swagger: {new Uri(_address, "swagger")}");
        var proxy = Environment.GetEnvironmentVariable("http_proxy") is { Length: > 0 } ? "--noproxy 127.0.0.1 " : "";
        Console.WriteLine(
            $"curl {proxy}-X POST {new Uri(_address, _heldOut.Query)} -H 'Content-Type: application/json' -d "
            + $"'{_heldOut.Input.GetRawText()}'");
    }

    public void Dispose()
    {
        Service.Dispose();
        _http.Dispose();
    }
}
