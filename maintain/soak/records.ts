import { setTimeout as delay } from 'node:timers/promises'
import type { BrowserResponse } from '../../packages/identity-web/test/support/browser.ts'

/** The groups of statuses in the table. */
export type StatusGroup = '200' | '302' | '401' | '503' | 'other'

/** What must not happen. */
export type Violation =
  | 'wrong user'
  | 'open door'
  | 'lost sign-out'
  | 'lost session'
  | 'bad response'
  | 'no response'

/** Everything that was seen between two moments. */
export interface Phase {
  /** The name of the fault. */
  readonly fault: string
  /** Whether users may have to sign in again, because the fault can lose data. */
  readonly losesData: boolean
  /** Seconds since the start of the run. */
  readonly startedAt: number
  /** When the fault ended, in seconds since the start of the run. */
  endedAt: number | undefined
  requests: number
  readonly statuses: Record<StatusGroup, number>
  /** The statuses that are counted as `other`. */
  readonly others: Set<number>
  /** When the last user noticed something, in seconds since the start of the run. */
  lastTrouble: number | undefined
  signIns: number
  signOuts: number
  /** The users who had to sign in again. */
  lostSessions: number
  readonly violations: Record<Violation, number>
}

/** Counts responses and violations for the table. */
export interface Records {
  readonly phases: readonly Phase[]
  /** Seconds since the start of the run. */
  now(): number
  /** Starts the next phase. */
  begin(fault: { readonly name: string; readonly losesData: boolean }): Phase
  readonly current: Phase
  /** Counts the response to a request, and checks what must hold for every response. */
  count(phase: Phase, path: string, response: BrowserResponse): void
  /** Records something that must not happen. */
  violate(phase: Phase, violation: Violation, details: string): void
  /**
   * Records that a user had to sign in again. This must not happen unless Redis lost its data after the sign-in.
   *
   * @param session - When the sign-in started, in seconds since the start of the run, and details for the log.
   */
  lose(phase: Phase, session: { readonly startedAt: number; readonly details: string }): void
  /** The first violations of each kind, in words. */
  readonly details: readonly string[]
}

/** Seconds after which a request counts as lost. */
const PATIENCE = 20
const MAX_DETAILS = 40

export function createRecords(): Records {
  const start = performance.now()
  const now = (): number => (performance.now() - start) / 1000
  const phases: Phase[] = []
  const details: string[] = []

  const records: Records = {
    phases,
    details,
    now,

    get current() {
      return phases.at(-1) as Phase
    },

    begin({ name, losesData }) {
      const phase: Phase = {
        fault: name,
        losesData,
        startedAt: now(),
        endedAt: undefined,
        requests: 0,
        statuses: { '200': 0, '302': 0, '401': 0, '503': 0, other: 0 },
        others: new Set(),
        lastTrouble: undefined,
        signIns: 0,
        signOuts: 0,
        lostSessions: 0,
        violations: {
          'wrong user': 0,
          'open door': 0,
          'lost sign-out': 0,
          'lost session': 0,
          'bad response': 0,
          'no response': 0,
        },
      }
      phases.push(phase)
      return phase
    },

    count(phase, path, { status, headers, text }) {
      phase.requests += 1
      const group = groupOf(status)
      phase.statuses[group] += 1
      if (group === 'other') phase.others.add(status)
      if (status < 500) return
      records.current.lastTrouble = now()
      if (status !== 503) {
        records.violate(phase, 'bad response', `${path}: ${status} ${text.slice(0, 300)}`)
      } else if (headers['retry-after'] === undefined) {
        records.violate(phase, 'bad response', `${path}: 503 without Retry-After`)
      }
    },

    violate(phase, violation, text) {
      phase.violations[violation] += 1
      if (details.length === MAX_DETAILS) return
      details.push(`${now().toFixed(1)} s, "${phase.fault}": ${violation}: ${text}`)
    },

    lose(phase, session) {
      phase.lostSessions += 1
      records.current.lastTrouble = now()
      const isExpected = phases.some(
        ({ losesData, endedAt = Infinity }) => losesData && endedAt >= session.startedAt,
      )
      if (!isExpected) records.violate(phase, 'lost session', session.details)
    },
  }
  return records
}

/** Sends a request, and counts its response in the phase in which the request started. */
export async function counted(
  records: Records,
  path: string,
  send: () => Promise<BrowserResponse>,
): Promise<BrowserResponse | undefined> {
  const phase = records.current
  const abort = new AbortController()
  try {
    const late = delay(PATIENCE * 1000, undefined, { signal: abort.signal, ref: false })
    const response = await Promise.race([send(), late])
    if (response === undefined) throw new Error(`no response within ${PATIENCE} seconds`)
    records.count(phase, path, response)
    return response
  } catch (error) {
    records.violate(phase, 'no response', `${path}: ${String(error)}`)
    return undefined
  } finally {
    abort.abort()
  }
}

function groupOf(status: number): StatusGroup {
  // A browser gets 302 or 303 as a redirect.
  if (status === 303) return '302'
  return status === 200 || status === 302 || status === 401 || status === 503
    ? (String(status) as StatusGroup)
    : 'other'
}
