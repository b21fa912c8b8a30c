-- OpenDKIM: who is signed for, opendkim-lua(3).
-- Generated from the panel's settings; a change made here is lost.
-- To generate it again: adminpanel render --out DIR
local target = {
  ["example.com"] = "example.org",
}
local function domain_of(address)
  return string.lower(string.match(address or "", "^%s*[^%s@]*@([^%s@]+)%s*$") or "")
end
-- One address and no group (RFC 5322 section 3.4); what stands in quotes and in brackets is none.
local function only_address(from)
  local plain = string.gsub(string.gsub(string.gsub(from or "", "\\.", ""), '"[^"]*"', ""), "%b()", "")
  return string.match(plain, "^[^<>,:;]*<([^<>,:;]*)>%s*$") or string.match(plain, "^[^<>,:;]*$")
end
local own = domain_of(odkim.get_mtasymbol(ctx, "{auth_authen}"))
local domain = domain_of(only_address(odkim.get_header(ctx, "From", 0)))
if odkim.get_header(ctx, "From", 1) ~= nil
    or own == "" or domain == "" or (target[domain] or domain) ~= (target[own] or own)
    or domain ~= odkim.get_fromdomain(ctx)
    or domain ~= domain_of(odkim.get_envfrom(ctx)) then
  odkim.set_result(ctx, SMFIS_ACCEPT)
end
