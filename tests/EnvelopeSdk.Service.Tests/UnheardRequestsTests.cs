using System.Diagnostics;
using System.Text.Json;
using EnvelopeSdk.Schema;
using EnvelopeSdk.Serving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnvelopeSdk.Service.Tests;

/// <summary>What ASP.NET Core makes of each request for logs is made where a log says it.</summary>
[Collection(nameof(Doubler))]
public sealed class UnheardRequestsTests
{
    private const string Call = """{"value":"no number"}""";
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData(false, "LogLevel:Microsoft.AspNetCore", "Warning")]
    [InlineData(false, "LogLevel:Microsoft.AspNetCore", "Warning", "LogLevel:Microsoft.AspNetCore.Routing", "Debug")]
    [InlineData(false, "LogLevel:Microsoft.AspNetCore", "Warning", "Console:FormatterName", "json")]
    [InlineData(false, "LogLevel:Default", "Error")]
    [InlineData(false, "LogLevel:Microsoft.*.Diagnostics", "Warning")]
    [InlineData(true, "LogLevel:Default", "Information", "LogLevel:Microsoft.*.Routing", "Warning")]
    [InlineData(true)] // at Information it says when requests begin
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "LogLevel:Microsoft.AspNetCore.Hosting", "Information")]
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Warning")]
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "Console:LogLevel:Default", "Error")]
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "Console:FormatterOptions:IncludeScopes", "true")]
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "Console:FormatterName", "json", "Console:FormatterOptions:IncludeScopes", "true")]
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "Console:IncludeScopes", "true")]
    [InlineData(true, "LogLevel:Microsoft.AspNetCore", "Warning", "Console:FormatterName", "own")]
    public void Requests_are_made_known_where_the_console_says_them(bool expected, params string[] settings)
    {
        using var services = Services(settings).BuildServiceProvider();

        Assert.Equal(expected, IsMadeKnown(services));
    }

    [Fact]
    public void Requests_are_made_known_to_a_log_of_which_nobody_knows_what_it_says()
    {
        using var warnings = new WarningCollector();
        var services = Services("LogLevel:Microsoft.AspNetCore", "Warning");
        services.AddLogging(logging => logging.AddProvider(warnings));
        using var provider = services.BuildServiceProvider();

        Assert.True(IsMadeKnown(provider));
    }

    [Theory]
    [InlineData(null), InlineData(Caller), InlineData("nonsense")]
    public async Task A_problem_is_named_as_the_caller_traces_it_where_nobody_else_does(string? caller)
    {
        await using var service = await StartAsync(new Current());

        var name = await TraceIdAsync(service, caller);

        Assert.Matches(caller == Caller ? $"^{Caller}$" : "^[0-9A-V]{13}:[0-9A-F]{8}$", name);
    }

    [Fact]
    public async Task Who_traces_has_an_activity_of_each_request()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        var current = new Current();
        await using var service = await StartAsync(current);

        await service.PostAsync("""{"value":1}""");

        Assert.NotNull(current.Activity);
        Assert.StartsWith(Caller[..36], await TraceIdAsync(service, Caller), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_traces_or_says_it_there_is_none()
    {
        var current = new Current();
        await using var service = await StartAsync(current);

        Assert.Equal(200, (await service.PostAsync("""{"value":1}""")).Status);
        Assert.Null(current.Activity);
    }

    private static bool IsMadeKnown(IServiceProvider services) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger(UnheardRequests.Category).IsEnabled(LogLevel.Critical);

    private static ServiceCollection Services(params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Chunk(2).ToDictionary(one => "Logging:" + one[0], one => (string?)one[1])).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddConsole())
            .AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, UnheardRequests>();
        return services;
    }

    private static Task<DoublerService> StartAsync(Current current) => DoublerService.StartAsync(
        configure: services =>
        {
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ICallDecorator>(current);
        },
        settings: new() { ["Logging:LogLevel:Default"] = "Warning" });

    private static async Task<string> TraceIdAsync(DoublerService service, string? caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("predict", UriKind.Relative)) { Content = new StringContent(Call, System.Text.Encoding.UTF8, "application/json") };
        if (caller is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", caller);
        }

        using var response = await service.Http.SendAsync(request);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("traceId").GetString()!;
    }

    /// <summary>Keeps the activity within which the model was called last.</summary>
    private sealed class Current : ICallDecorator
    {
        public Activity? Activity { get; private set; }

        public IQueryCall<TArguments, TAnswer> Decorate<TArguments, TAnswer>(QuerySchema query, IQueryCall<TArguments, TAnswer> inner)
            where TArguments : struct => new Call<TArguments, TAnswer>(this, inner);

        private sealed class Call<TArguments, TAnswer>(Current current, IQueryCall<TArguments, TAnswer> inner) : IQueryCall<TArguments, TAnswer>
            where TArguments : struct
        {
            public ValueTask<TAnswer> InvokeAsync(TArguments arguments, CancellationToken cancellationToken)
            {
                current.Activity = Activity.Current;
                return inner.InvokeAsync(arguments, cancellationToken);
            }

            public void Visit(in TArguments arguments, IArgumentVisitor visitor) => inner.Visit(arguments, visitor);
        }
    }
}
