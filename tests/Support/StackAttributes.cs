using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace AdminPanel.Tests.Support;

/// <summary>A test of a class that is generic in its <see cref="IMailStack"/>: skipped with the repairing command where its stack is missing, failed in CI.</summary>
[XunitTestCaseDiscoverer("AdminPanel.Tests.Support." + nameof(StackFactDiscoverer), "AdminPanel.Tests.Support")]
public sealed class StackFactAttribute : FactAttribute
{
    public StackFactAttribute() => Skip = Requirement.MailStack.SkipReason;
}

/// <inheritdoc cref="StackFactAttribute"/>
[XunitTestCaseDiscoverer("AdminPanel.Tests.Support." + nameof(StackTheoryDiscoverer), "AdminPanel.Tests.Support")]
public sealed class StackTheoryAttribute : TheoryAttribute
{
    public StackTheoryAttribute() => Skip = Requirement.MailStack.SkipReason;
}

/// <summary>An attribute does not know of which class its inherited test is; a discoverer does.</summary>
public sealed class StackFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        StackMissingTestCase.Instead(DiagnosticMessageSink, discoveryOptions, testMethod) ?? base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <inheritdoc cref="StackFactDiscoverer"/>
public sealed class StackTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        StackMissingTestCase.Instead(DiagnosticMessageSink, discoveryOptions, testMethod) is { } missing ? [missing] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

/// <summary>Stands for a test, or for all rows of one, whose stack is not here.</summary>
public sealed class StackMissingTestCase : XunitTestCase
{
    [Obsolete("For deserialization, by xunit alone.")]
    public StackMissingTestCase()
    {
    }

    private StackMissingTestCase(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
    }

    /// <returns>Null where the test can run, or must.</returns>
    internal static StackMissingTestCase? Instead(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        method.TestClass.Class.ToRuntimeType() is { BaseType: { } claims } && claims.GenericTypeArguments.Contains(typeof(Debian13Stack)) && Debian13Tree.SkipReason is not null
            ? new StackMissingTestCase(messages, options, method)
            : null;

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => Debian13Tree.SkipReason;
}
