using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace EnvelopeSdk.Registry.Stores.Blobs;

/// <summary>
/// A client of S3 as the environment has it, by the names that the tools of AWS know: AWS_ENDPOINT_URL_S3 or
/// AWS_ENDPOINT_URL, AWS_REGION or AWS_DEFAULT_REGION, and keys wherever the SDK looks for them.
/// </summary>
internal static class S3Client
{
    private const string UsualRegion = "us-east-1";

    public static IAmazonS3 Create()
    {
        var config = new AmazonS3Config
        {
            // Content is known by its digest; other sums are more than some servers understand.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var region = Get("AWS_REGION") ?? Get("AWS_DEFAULT_REGION");
        if ((Get("AWS_ENDPOINT_URL_S3") ?? Get("AWS_ENDPOINT_URL")) is { } endpoint)
        {
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region ?? UsualRegion);
            config.ForcePathStyle = true; // a server of one's own has no name for each bucket
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return new AmazonS3Client(config);
    }

    private static string? Get(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
