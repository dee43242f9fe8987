// What no service of this server can be faster than: each body is read to its end and dropped, and the answer is fixed.
// The first argument is a file with the answer.
var answer = await File.ReadAllBytesAsync(args[0]);

var builder = WebApplication.CreateSlimBuilder(args[1..]);
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapPost("/{**path}", (RequestDelegate)(async context =>
{
    var reader = context.Request.BodyReader;
    var read = await reader.ReadAsync();
    while (!read.IsCompleted)
    {
        reader.AdvanceTo(read.Buffer.End);
        read = await reader.ReadAsync();
    }

    reader.AdvanceTo(read.Buffer.End);
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = answer.Length;
    await context.Response.BodyWriter.WriteAsync(answer);
}));
app.Run();
