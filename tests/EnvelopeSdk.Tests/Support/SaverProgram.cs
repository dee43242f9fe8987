using EnvelopeSdk.Tests.Models;

namespace EnvelopeSdk.Tests.Support;

/// <summary>What this assembly does when it is run as a program: it saves envelopes from a process that a test can kill or starve.</summary>
internal static class SaverProgram
{
    /// <summary>Arguments: the store's directory, the first value to save, how many, and how many weights each model has.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments[0] == StoreWorker.Mode)
        {
            await StoreWorker.RunAsync(arguments[1..]);
        }

        if (arguments[0] == RegistryUser.Mode)
        {
            return await RegistryUser.RunAsync(arguments[1], arguments[2]);
        }

        var store = EnvelopeStore.Open(arguments[0]);
        var first = int.Parse(arguments[1], null);
        var count = int.Parse(arguments[2], null);
        var size = int.Parse(arguments[3], null);
        try
        {
            for (var i = first; i < first + count; i++)
            {
                var weights = new double[size];
                weights[0] = i;
                await Envelope.SaveAsync(new HousePrice(weights, "EUR"), store: store);
                Console.WriteLine("saved");
            }

            return 0;
        }
        catch (EnvelopeException failure)
        {
            Console.Error.WriteLine($"{failure.Error}: {failure.Message}");
            return 2;
        }
    }
}
