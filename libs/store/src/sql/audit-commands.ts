/**
 * Entries that show that a command may have had two effects (invariant I3). The primary key keeps a command's key
 * single; what it can't see is a key that is not that of the entry's command id, and two entries of one record.
 * $1: tenant, or null for all; $2: most rows. The bytes are "command" and U+0000, see `commandKey` of contracts.
 */
export const AUDIT_COMMANDS = `
  with wrong_keys as (
    select tenant_id, command_id, 'has the key ' || command_key || ', which is not that of its id' as message
    from ledger_entries
    where command_id is not null
      and ($1::text is null or tenant_id = $1)
      and command_key <> encode(
            substring(sha256('\\x636f6d6d616e6400'::bytea || convert_to(command_id, 'UTF8')) from 1 for 16), 'hex')::uuid
  ), doubled as (
    select min(tenant_id) as tenant_id, min(coalesce(command_id, command_key::text)) as command_id,
           count(*) || ' entries come from the record ' || log_topic || '/' || log_partition || '/' || log_offset as message
    from ledger_entries
    where $1::text is null or tenant_id = $1
    group by log_topic, log_partition, log_offset
    having count(*) > 1
  ), violations as (
    select * from wrong_keys union all select * from doubled
  )
  select tenant_id, command_id, message, count(*) over () as violations
  from violations
  order by tenant_id, command_id
  limit $2`;
