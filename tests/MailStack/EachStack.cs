using AdminPanel.Tests.Support;
using Xunit.Abstractions;

namespace AdminPanel.Tests.MailStack;

// What is claimed of every stack, once for each: the tests stand in the generic classes.

public sealed class AccessTests : AccessTests<InstalledStack>;

public sealed class AccessTestsOnDebian13 : AccessTests<Debian13Stack>;

public sealed class AppPasswordTests : AppPasswordTests<InstalledStack>;

public sealed class AppPasswordTestsOnDebian13 : AppPasswordTests<Debian13Stack>;

public sealed class ClientSetupTests : ClientSetupTests<InstalledStack>;

public sealed class ClientSetupTestsOnDebian13 : ClientSetupTests<Debian13Stack>;

public sealed class ConfigurationTests : ConfigurationTests<InstalledStack>;

public sealed class ConfigurationTestsOnDebian13 : ConfigurationTests<Debian13Stack>;

public sealed class ExplanationTests(ExplainedWorlds<InstalledStack> worlds, ITestOutputHelper output) : ExplanationTests<InstalledStack>(worlds, output);

public sealed class ExplanationTestsOnDebian13(ExplainedWorlds<Debian13Stack> worlds, ITestOutputHelper output) : ExplanationTests<Debian13Stack>(worlds, output);

public sealed class FuzzedAddressTests : FuzzedAddressTests<InstalledStack>;

public sealed class FuzzedAddressTestsOnDebian13 : FuzzedAddressTests<Debian13Stack>;

public sealed class GuessingTests : GuessingTests<InstalledStack>;

public sealed class GuessingTestsOnDebian13 : GuessingTests<Debian13Stack>;

public sealed class HostileAddressTests : HostileAddressTests<InstalledStack>;

public sealed class HostileAddressTestsOnDebian13 : HostileAddressTests<Debian13Stack>;

public sealed class NetworkMessageTests : NetworkMessageTests<InstalledStack>;

public sealed class NetworkMessageTestsOnDebian13 : NetworkMessageTests<Debian13Stack>;

public sealed class QuotaTests : QuotaTests<InstalledStack>;

public sealed class QuotaTestsOnDebian13 : QuotaTests<Debian13Stack>;

public sealed class RecipientDelimiterTests : RecipientDelimiterTests<InstalledStack>;

public sealed class RecipientDelimiterTestsOnDebian13 : RecipientDelimiterTests<Debian13Stack>;

public sealed class ResolutionTests(ResolutionWorld<InstalledStack> world) : ResolutionTests<InstalledStack>(world);

public sealed class ResolutionTestsOnDebian13(ResolutionWorld<Debian13Stack> world) : ResolutionTests<Debian13Stack>(world);

public sealed class RoundTripTests : RoundTripTests<InstalledStack>;

public sealed class RoundTripTestsOnDebian13 : RoundTripTests<Debian13Stack>;

public sealed class SessionTests(SessionAgent<InstalledStack> agent) : SessionTests<InstalledStack>(agent);

public sealed class SessionTestsOnDebian13(SessionAgent<Debian13Stack> agent) : SessionTests<Debian13Stack>(agent);

public sealed class SieveTests : SieveTests<InstalledStack>;

public sealed class SieveTestsOnDebian13 : SieveTests<Debian13Stack>;

public sealed class SignInReportTests : SignInReportTests<InstalledStack>;

public sealed class SignInReportTestsOnDebian13 : SignInReportTests<Debian13Stack>;

public sealed class SignInTests : SignInTests<InstalledStack>;

public sealed class SignInTestsOnDebian13 : SignInTests<Debian13Stack>;

public sealed class UsageTests : UsageTests<InstalledStack>;

public sealed class UsageTestsOnDebian13 : UsageTests<Debian13Stack>;

public sealed class PanelScriptTests : PanelScriptTests<InstalledStack>;

public sealed class PanelScriptTestsOnDebian13 : PanelScriptTests<Debian13Stack>;

public sealed class VacationTests : VacationTests<InstalledStack>;

public sealed class VacationTestsOnDebian13 : VacationTests<Debian13Stack>;

public sealed class FilterTests : FilterTests<InstalledStack>;

public sealed class FilterTestsOnDebian13 : FilterTests<Debian13Stack>;
