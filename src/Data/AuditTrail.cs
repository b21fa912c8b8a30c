using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;

namespace AdminPanel.Data;

/// <summary>Writing down who changed what: one call in the unit of work that makes the change, so both are saved or neither.</summary>
public static class AuditTrail
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="action">Object and verb: "mailbox.create".</param>
    /// <param name="subject">The name people use for the object.</param>
    /// <param name="before">What it was, as an anonymous object of the changed values; never a password or a hash.</param>
    /// <param name="after">What it is now.</param>
    public static void Audit(this AdminDb db, Actor actor, string action, string subject, long? domainId = null, object? before = null, object? after = null) =>
        db.AuditEntries.Add(new AuditEntry
        {
            At = db.UtcNow,
            AccountId = actor.AccountId,
            Actor = actor.Login,
            Source = actor.Source,
            RequestId = actor.RequestId,
            Action = action,
            Subject = subject,
            DomainId = domainId,
            Before = before is null ? null : JsonSerializer.Serialize(before, Json),
            After = after is null ? null : JsonSerializer.Serialize(after, Json),
        });
}
