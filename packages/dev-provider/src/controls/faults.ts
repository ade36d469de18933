import type { Behaviour, Fault, FaultyEndpoint } from './behaviour.js'
import type { ProviderResponse } from '../protocol/http.js'
import { OAuthError } from '../protocol/oauth-error.js'

/** The effect that a `Fault` has on a request. */
export type FaultOutcome =
  | { readonly kind: 'response'; readonly response: ProviderResponse }
  | { readonly kind: 'error'; readonly error: OAuthError }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' }

/** An object with switches. */
interface WithBehaviour {
  readonly behaviour: Behaviour
}

// All endpoints of Graph share one failure, and so do both versions of a document.
const SHARED_FAULTS: ReadonlyMap<string, FaultyEndpoint> = new Map([
  ['graphMembers', 'graph'],
  ['metadataV1', 'metadata'],
  ['keysV1', 'keys'],
])

// How often each `Fault` was used. The switches belong to the caller, so they are not changed here.
const useCounts = new WeakMap<Fault, number>()

/**
 * Returns the failure for a request to an endpoint, or `undefined` when the request is handled
 * normally.
 */
export function takeFault(
  context: WithBehaviour,
  endpoint: string,
  grantType: string | undefined,
): FaultOutcome | undefined {
  const fault = findFault(context, endpoint, grantType)
  // The authorize endpoint itself adds an OAuth error to the redirect.
  if (fault === undefined || (endpoint === 'authorize' && fault.kind === 'error')) return undefined
  count(fault)
  return toOutcome(fault)
}

/**
 * Returns the OAuth error that a switch requests, for an endpoint that sends errors in its own
 * format.
 */
export function takeErrorFault(
  context: WithBehaviour,
  endpoint: FaultyEndpoint,
): OAuthError | undefined {
  const fault = findFault(context, endpoint)
  if (fault?.kind !== 'error') return undefined
  count(fault)
  return toError(fault)
}

function findFault(
  context: WithBehaviour,
  endpoint: string,
  grantType?: string,
): Fault | undefined {
  // The check of the switches rejects the names of other endpoints.
  const faults: Readonly<Record<string, Fault | undefined>> = context.behaviour.faults
  const fault = faults[SHARED_FAULTS.get(endpoint) ?? endpoint]
  if (fault === undefined || (fault.grantType ?? grantType) !== grantType) return undefined
  return isUsedUp(fault) ? undefined : fault
}

/** Returns whether a failure happened as often as it should. */
export function isUsedUp(fault: Fault): boolean {
  return (useCounts.get(fault) ?? 0) >= (fault.times ?? Infinity)
}

function count(fault: Fault): void {
  useCounts.set(fault, (useCounts.get(fault) ?? 0) + 1)
}

function toOutcome(fault: Fault): FaultOutcome {
  if (fault.kind === 'hang' || fault.kind === 'drop') return { kind: fault.kind }
  if (fault.kind === 'slow') return { kind: 'wait', ms: fault.ms }
  if (fault.kind === 'error') return { kind: 'error', error: toError(fault) }
  if (fault.kind === 'html') {
    return toFaultResponse(fault.status ?? 200, 'text/html', '<!doctype html><title>Proxy</title>')
  }
  if (fault.kind === 'huge') {
    return toFaultResponse(200, 'application/json', `{"padding":"${'x'.repeat(fault.bytes)}"}`)
  }
  const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
  return toFaultResponse(fault.status, 'text/plain', fault.body ?? '', retryAfter)
}

function toFaultResponse(
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): FaultOutcome {
  const error = { code: 'fault', message: 'The switch `faults` requested this response.' }
  return {
    kind: 'response',
    response: {
      status,
      headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
      body,
      error,
    },
  }
}

function toError(fault: Extract<Fault, { kind: 'error' }>): OAuthError {
  const codes = fault.codes ?? []
  return new OAuthError(
    fault.error,
    codes[0] ?? 0,
    fault.description ?? 'The switch `faults` requested this error.',
    {
      status: fault.status ?? 400,
      codes,
      ...(fault.suberror !== undefined && { suberror: fault.suberror }),
      ...(fault.claims !== undefined && { claims: fault.claims }),
    },
  )
}
