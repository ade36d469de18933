import type { SessionStore } from 'identity-web/express'

/** A store in memory that tests can inspect. */
export class CountingStore implements SessionStore {
  readonly entries = new Map<string, string>()
  /** The calls so far, such as `set s`. */
  readonly calls: string[] = []
  /** Milliseconds, by key. */
  readonly ttls = new Map<string, number>()

  get(key: string): unknown {
    this.calls.push(`get ${kindOf(key)}`)
    return this.entries.get(key)
  }

  set(key: string, value: string, ttlMs: number): unknown {
    this.calls.push(`set ${kindOf(key)}`)
    this.entries.set(key, value)
    this.ttls.set(key, ttlMs)
    return undefined
  }

  delete(key: string): unknown {
    this.calls.push(`delete ${kindOf(key)}`)
    this.entries.delete(key)
    return undefined
  }

  /** The keys of one kind: `s` sessions, `t` tokens, `out` revocation markers. */
  keys(kind: string): string[] {
    return [...this.entries.keys()].filter((key) => kindOf(key) === kind)
  }

  /** Returns how many calls started with this string. */
  count(call: string): number {
    return this.calls.filter((one) => one.startsWith(call)).length
  }
}

function kindOf(key: string): string {
  return key.split(':')[1] ?? ''
}
