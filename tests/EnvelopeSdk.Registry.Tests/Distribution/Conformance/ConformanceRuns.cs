using EnvelopeSdk.Registry.Tests.Support;

namespace EnvelopeSdk.Registry.Tests.Distribution.Conformance;

// Each category over a folder, and over a store that several registries share.

public sealed class FolderPullTests(ConformanceServer server) : PullTests<ConformanceServer>(server);

public sealed class FolderPushTests(ConformanceServer server) : PushTests<ConformanceServer>(server);

public sealed class FolderDiscoveryTests(ConformanceServer server) : DiscoveryTests<ConformanceServer>(server);

public sealed class FolderManagementTests(ConformanceServer server) : ManagementTests<ConformanceServer>(server);

[Collection(PostgresServer.Collection)]
public sealed class SharedPullTests(SharedConformanceServer server) : PullTests<SharedConformanceServer>(server);

[Collection(PostgresServer.Collection)]
public sealed class SharedPushTests(SharedConformanceServer server) : PushTests<SharedConformanceServer>(server);

[Collection(PostgresServer.Collection)]
public sealed class SharedDiscoveryTests(SharedConformanceServer server)
    : DiscoveryTests<SharedConformanceServer>(server);

[Collection(PostgresServer.Collection)]
public sealed class SharedManagementTests(SharedConformanceServer server)
    : ManagementTests<SharedConformanceServer>(server);
