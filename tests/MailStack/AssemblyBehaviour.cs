using Xunit;

// One stack for all: a test that reads the log of statements or the queue must not hear another one.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
