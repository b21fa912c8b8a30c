using System.Globalization;

namespace AdminPanel.Benchmarks;

/// <summary>A kind of recipient, and the many addresses of that kind.</summary>
/// <param name="Prefix">The local part is this and a number.</param>
/// <param name="DomainPrefix">The domain is this, a number, and <paramref name="Suffix"/>.</param>
/// <param name="Domains">How many domains there are; the n-th address is in the (1 + n mod that)-th, as <see cref="Tests.Support.MailSeed"/> deals them out.</param>
internal sealed record LookupKind(string Name, string Prefix, string DomainPrefix, int Domains, int Count, string Suffix = ".example")
{
    public string Local(int n) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Number(n)}");

    public string Domain(int n) => string.Create(CultureInfo.InvariantCulture, $"{DomainPrefix}{1 + (Number(n) % Domains)}{Suffix}");

    public string Address(int n) => $"{Local(n)}@{Domain(n)}";

    // Spread over the table, the same in every round.
    private int Number(int n) => 1 + (int)(n * 7919L % Count);
}
