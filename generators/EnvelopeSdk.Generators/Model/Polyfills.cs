// What the compiler needs for records and init-only members on netstandard2.0.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
