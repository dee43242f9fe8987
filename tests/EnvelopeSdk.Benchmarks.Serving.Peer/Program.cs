using Measured;
using Measured.Peer;

// What a good engineer writes by hand for the same model: System.Text.Json with generated code, straight from the pipe
// that the body is in, into types that it fills without boxing; no binder and no logging in between.
var model = new MeasuredModel([3.5f, -0.25f, 0.125f, 2f]);

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
var json = PeerJson.Default;

app.MapPost("/price", JsonEndpoint.Of(json.Stone, json.Single, Price));
app.MapPost("/price/batch", JsonEndpoint.Of(
    json.StoneArray, json.SingleArray, stones => Array.ConvertAll(stones, Price)));
app.MapPost("/image", JsonEndpoint.Of(json.FlatImage, json.Single, image => model.Image(image.Pixels)));
app.MapPost("/tensor", JsonEndpoint.Of(json.TensorImage, json.Single, image => model.Tensor(image.Pixels)));
app.MapPost("/order/batch", JsonEndpoint.Of(
    json.OrderBodyArray, json.QuoteArray, orders => Array.ConvertAll(orders, one => model.Order(one.Order))));
app.MapPost("/trip/batch", JsonEndpoint.Of(
    json.TripBodyArray, json.DoubleArray, trips => Array.ConvertAll(trips, Trip)));
app.Run();

float Price(Stone stone) => model.Price(stone.Carat, stone.Depth, stone.Table, stone.Length);

double Trip(TripBody trip) => model.Trip(
    trip.Id, trip.Name, trip.Priority, trip.Age, trip.Bags, trip.IsMember, trip.Fare, trip.Departs, trip.Boards,
    trip.Seat);
