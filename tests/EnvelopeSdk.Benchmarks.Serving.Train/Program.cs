using EnvelopeSdk;
using Measured;

// The same weights that the peer has.
await Envelope.SaveAsync(new MeasuredModel([3.5f, -0.25f, 0.125f, 2f]), new EnvelopeInfo());
