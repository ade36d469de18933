import type { SessionObjectStorage } from './platform.ts'

/** Strings that expire, in the database of a Durable Object. Every method is atomic, because it does not wait. */
export interface ExpiringTable {
  get(key: string): string | null
  set(key: string, value: string, ttlMs: number): void
  delete(key: string): void
  touch(key: string, ttlMs: number): void
  /** Deletes the expired entries. */
  sweep(): void
  /** Sets the alarm for the next `sweep`, if the last call requires another time. */
  schedule(): Promise<void>
}

/** Milliseconds between two sweeps. Without a pause, each session would cause an alarm, and Cloudflare charges for them. */
const SWEEP_PAUSE = 60_000

/** Creates the table, unless an earlier instance of the object created it. */
export function createExpiringTable(storage: SessionObjectStorage): ExpiringTable {
  const { sql } = storage
  sql.exec(
    'CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, until REAL NOT NULL)',
  )
  sql.exec('CREATE INDEX IF NOT EXISTS entries_until ON entries (until)')
  let lastSweep = -Infinity
  let alarm = Infinity

  return {
    get(key) {
      const rows = sql.exec(
        'SELECT value FROM entries WHERE key = ? AND until > ?',
        key,
        Date.now(),
      )
      const [row] = rows.toArray() as { readonly value: string }[]
      return row?.value ?? null
    },

    set(key, value, ttlMs) {
      sql.exec(
        'INSERT INTO entries (key, value, until) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until',
        key,
        value,
        Date.now() + ttlMs,
      )
    },

    delete(key) {
      sql.exec('DELETE FROM entries WHERE key = ?', key)
    },

    touch(key, ttlMs) {
      const now = Date.now()
      sql.exec('UPDATE entries SET until = ? WHERE key = ? AND until > ?', now + ttlMs, key, now)
    },

    sweep() {
      lastSweep = Date.now()
      // An alarm happens once.
      alarm = Infinity
      sql.exec('DELETE FROM entries WHERE until <= ?', lastSweep)
    },

    async schedule() {
      const rows = sql.exec('SELECT min(until) AS first FROM entries').toArray()
      const [{ first }] = rows as [{ readonly first: number | null }]
      if (first === null) return
      const next = Math.max(first, lastSweep + SWEEP_PAUSE)
      if (next >= alarm) return
      alarm = next
      await storage.setAlarm(next)
    },
  }
}
