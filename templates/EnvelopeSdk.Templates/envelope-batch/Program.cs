using EnvelopeSdk.Batch;

return await EnvelopeBatch.RunAsync(args); // --input, --output, ...: what is not given is in appsettings.json
