/** The result of a check. */
export type Result = 'ok' | 'warning' | 'error' | 'skipped'

/** One result of a check. */
export interface Finding {
  readonly result: Result
  /** The fact that was found. If the result is `skipped`, it is the reason. */
  readonly found: string
  /** The change that solves it. `undefined` if a change is not necessary. */
  readonly change?: string | undefined
}

/** A finding with the name of its check. */
export interface NamedFinding extends Finding {
  readonly check: string
}

/** Returns a finding for a part that is correct. */
export function ok(found: string): Finding {
  return { result: 'ok', found }
}

/** Returns a finding for a part that works, but should be changed. */
export function warning(found: string, change: string): Finding {
  return { result: 'warning', found, change }
}

/** Returns a finding for a part that does not work. */
export function error(found: string, change: string): Finding {
  return { result: 'error', found, change }
}

/** Returns a finding for a part that was not checked. */
export function skipped(found: string): Finding {
  return { result: 'skipped', found }
}

/** Returns the number of findings with each result. */
export function countResults(findings: readonly Finding[]): Readonly<Record<Result, number>> {
  const count = { ok: 0, warning: 0, error: 0, skipped: 0 }
  for (const { result } of findings) count[result] += 1
  return count
}
