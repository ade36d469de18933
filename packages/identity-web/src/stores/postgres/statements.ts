// The SQL statements.
// Every statement is a separate transaction and depends on nothing that a connection remembers, so that PgBouncer can send
// each to another connection. A statement can wait for another one, and `now()` is the time before that, so conditions use
// `clock_timestamp()`.

const NOW = 'clock_timestamp()'
/** The time after a number of milliseconds, which is a parameter. A session is removed a quarter of its time later. */
const after = (parameter: string, factor = 1): string =>
  `${NOW} + ${parameter}::float8 * interval '${factor} ms'`

/**
 * The assignments that extend the life of a value. The indexed time stays if it is late enough, so that most updates do not write
 * to the index. The library extends a session at most once in a tenth of its idle time.
 */
const extend = (ttl: string): string =>
  `expires_at = ${after(ttl)}, remove_at = case when stored.remove_at between ${after(ttl)} and ${after(ttl, 1.25)} then stored.remove_at else ${after(ttl, 1.25)} end`

/** The time for which a row remembers a lease's last owner after its end. A server may be suspended for that long. */
const FENCE = `interval '10 minutes'`

/** Returns the statements for a table, whose name is quoted. */
export function statementsFor(table: string) {
  return {
    getMany: `select key, value from ${table} where key = any($1::text[]) and expires_at > ${NOW}`,
    set: `insert into ${table} as stored (key, value, expires_at, remove_at)
select $1, $2, ${after('$3')}, ${after('$3', 1.25)} where $4::float8 is null or ${NOW} < to_timestamp($4)
on conflict (key) do update set value = excluded.value, ${extend('$3')} where $4::float8 is null or ${NOW} < to_timestamp($4)
returning extract(epoch from ${NOW})::float8 as now`,
    delete: `delete from ${table} where key = $1`,
    touch: `update ${table} as stored set ${extend('$2')} where key = $1 and expires_at > ${NOW}`,
    // The owner of a lease is in the row of the value. With a row for each, a server could check the one, wait for a lock of
    // the other, and then overwrite the value of a later owner.
    lock: `insert into ${table} as stored (key, remove_at, owner, lease_until)
values ($1, ${after('$3')} + ${FENCE}, $2, ${after('$3')})
on conflict (key) do update set owner = excluded.owner, lease_until = ${after('$3')}
where stored.lease_until is null or stored.lease_until <= ${NOW}
returning 1`,
    setOwned: `update ${table} as stored set value = $3, ${extend('$4')} where key = $1 and owner = $2 returning 1`,
    release: `update ${table} set owner = null, lease_until = null where key = $1 and owner = $2`,
    // Only a stable function such as `now()` can use the index. `$1` is where the last batch ended, because the index contains
    // removed rows until the next vacuum.
    cleanUp: `with removed as (
  delete from ${table} where key = any(array(
    select key from ${table} where remove_at >= $1::timestamptz and remove_at < now()
      and (lease_until is null or lease_until < now() - ${FENCE})
    order by remove_at limit ${BATCH} for update skip locked)) returning remove_at)
select count(*)::int as count, max(remove_at)::text as last from removed`,
  }
}

/** The number of rows that one statement of the cleanup removes. It is small, so that other statements do not wait for it. */
export const BATCH = 500
