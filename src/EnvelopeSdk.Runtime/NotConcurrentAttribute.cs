namespace EnvelopeSdk;

/// <summary>
/// Says that a model must not be called for several requests at once: a service then calls it for one after the other,
/// and the others wait without holding a thread. On the class it is about all predict methods; on predict methods,
/// about those that are marked, of which no two run at once either. It holds in classes that derive from the class, and
/// for overrides of the method. Each row of a batch is a call and waits by itself, so that a large batch does not keep
/// other callers away. A stream keeps its turn until its caller has its last item.
/// </summary>
/// <remarks>It is no part of the schema, and has no effect on calls that a program makes itself.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class NotConcurrentAttribute : Attribute;
