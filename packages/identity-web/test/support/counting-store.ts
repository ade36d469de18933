import type { SessionStore } from 'identity-web/express'

/** A store in memory that can be looked into. */
export class CountingStore implements SessionStore {
  readonly entries = new Map<string, string>()
  /** What was asked of it, such as `set s`. */
  readonly calls: string[] = []
  /** Milliseconds, by key. */
  readonly ttls = new Map<string, number>()

  get(key: string): unknown {
    this.calls.push(`get ${kindOf(key)}`)
    return this.entries.get(key)
  }

  set(key: string, value: string, ttl: number): unknown {
    this.calls.push(`set ${kindOf(key)}`)
    this.entries.set(key, value)
    this.ttls.set(key, ttl)
    return undefined
  }

  delete(key: string): unknown {
    this.calls.push(`delete ${kindOf(key)}`)
    this.entries.delete(key)
    return undefined
  }

  /** The keys of one kind: `s` sessions, `t` tokens, `out` ends. */
  keys(kind: string): string[] {
    return [...this.entries.keys()].filter((key) => kindOf(key) === kind)
  }

  /** How often something was asked since the beginning. */
  count(call: string): number {
    return this.calls.filter((one) => one.startsWith(call)).length
  }
}

function kindOf(key: string): string {
  return key.split(':')[1] ?? ''
}
