import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProviderContext } from '../state/context.js'
import { withBanner } from '../dashboard/banner.js'
import { capture } from '../dashboard/capture.js'
import { dispatch, errorForm, isGraph, toErrorResponse } from './dispatch.js'
import { toGraphFault } from '../graph/faults.js'
import { takeFault } from '../controls/faults.js'
import {
  param,
  parseCookies,
  toJson,
  type ProviderResponse,
  type ProviderRequest,
} from '../protocol/http.js'
import {
  appendRecord,
  shorten,
  shortenError,
  toLoggedParams,
  writeLogLine,
  type RequestRecord,
} from '../controls/request-log.js'
import { isGuid } from '../config/value-checks.js'
import { findRoute, type EndpointName } from '../protocol/routes.js'
import { describeForeignHost, rejectForeignHost } from './host-header.js'
import { tooLarge } from './request-problems.js'

// Much larger than any usual request, even one with a token as a hint.
const MAX_BODY_BYTES = 256 * 1024
// An unfinished sign-in keeps the values of its request.
const MAX_FORM_BYTES = 64 * 1024

// The page of requests asks every second. The requests of a developer or a test are not part of a sign-in.
const UNRECORDED: ReadonlySet<EndpointName> = new Set<EndpointName>([
  'requests',
  'switches',
  'health',
  'certificate',
  'requestList',
  'control',
])

/** Creates the listener of the HTTP server. It does not throw, regardless of the request. */
export function createListener(
  context: ProviderContext,
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    serve(context, incoming, outgoing).catch((error: unknown) => {
      // Only the name of the error, because the message can contain data of the client.
      context.log.logger?.(`internal error: ${error instanceof Error ? error.name : typeof error}`)
      if (outgoing.headersSent) outgoing.destroy()
      else sendResponse(outgoing, incoming.method, toJson({ error: 'server_error' }, 500))
    })
  }
}

async function serve(
  context: ProviderContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (!context.isOwnHost(incoming.headers.host)) {
    const rejection = rejectForeignHost(context.origin)
    const { logger, errorLogger } = context.log
    const write = logger ?? errorLogger
    write?.(describeForeignHost(incoming.headers.host))
    incoming.resume()
    sendResponse(outgoing, incoming.method, rejection)
    return
  }
  const body = await readBody(incoming)
  const request = toRequest(context, incoming, body.kind === 'complete' ? body.content : '')
  if (request === undefined) {
    sendResponse(outgoing, incoming.method, toJson({ error: 'invalid_request' }, 400))
    return
  }
  const record = toRecord(context, request)
  const startedAt = performance.now()
  const { log } = context
  const isRecorded = !UNRECORDED.has(request.endpoint)
  if (isRecorded) appendRecord(log.records, record)
  const finish = (response: ProviderResponse): void => {
    record.status = response.status
    if (response.error !== undefined) record.error = shortenError(response.error)
    sendResponse(outgoing, incoming.method, withBanner(context, request, response))
    if (!isRecorded) return
    writeLogLine(log, record)
    context.history.of(record).durationMs = performance.now() - startedAt
    capture(context, record, { request, response })
  }
  if (body.kind === 'aborted') return
  const form = errorForm(request.endpoint)
  const limit = form === 'page' && !isGraph(request.endpoint) ? MAX_FORM_BYTES : MAX_BODY_BYTES
  if (body.kind === 'too-large' || body.content.length > limit) {
    finish(toErrorResponse(context, request, tooLarge(limit), form))
    return
  }
  const fault = takeFault(context, request.endpoint, param(request.form, 'grant_type'))
  switch (fault?.kind) {
    case 'hang':
      return
    case 'drop':
      incoming.socket.destroy()
      return
    case 'response':
      finish(
        isGraph(request.endpoint) ? toGraphFault(context, request, fault.response) : fault.response,
      )
      return
    case 'error':
      finish(
        toErrorResponse(
          context,
          request,
          fault.error,
          'json',
          context.resolveProfile(request.tenant),
        ),
      )
      return
    case 'wait':
      await new Promise((resolve) => setTimeout(resolve, fault.ms).unref())
      break
    case undefined:
  }
  finish(await dispatch(context, request))
}

function toRequest(
  context: ProviderContext,
  incoming: IncomingMessage,
  body: string,
): ProviderRequest | undefined {
  const target = incoming.url ?? '/'
  if (!target.startsWith('/') || !URL.canParse(context.origin + target)) return undefined
  const url = new URL(context.origin + target)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')
  const requestedId = headers['client-request-id'] ?? url.searchParams.get('client-request-id')
  return {
    ...findRoute(url.pathname),
    method: incoming.method ?? 'GET',
    url,
    headers,
    cookies: parseCookies(headers['cookie']),
    body,
    form: new URLSearchParams(isForm ? body : ''),
    correlationId: isGuid(requestedId) ? requestedId : randomUUID(),
    requestId: randomUUID(),
  }
}

type Body =
  | { readonly kind: 'complete'; readonly content: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'aborted' }

/** Reads a body up to the size limit. */
function readBody(incoming: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
    })
    incoming.on('end', () => {
      if (size > MAX_BODY_BYTES) resolve({ kind: 'too-large' })
      else resolve({ kind: 'complete', content: Buffer.concat(chunks).toString('utf8') })
    })
    incoming.on('error', () => resolve({ kind: 'aborted' }))
    incoming.on('aborted', () => resolve({ kind: 'aborted' }))
  })
}

function toRecord(context: ProviderContext, request: ProviderRequest): RequestRecord {
  const grantType = param(request.form, 'grant_type')
  const params = new URLSearchParams([...request.url.searchParams, ...request.form])
  return {
    method: request.method,
    path: request.url.pathname,
    endpoint: request.endpoint,
    ...(grantType !== undefined && { grantType: shorten(grantType) }),
    ...(params.size > 0 && { params: toLoggedParams(params) }),
    at: context.nowMs(),
  }
}

function sendResponse(
  outgoing: ServerResponse,
  method: string | undefined,
  response: ProviderResponse,
): void {
  if (outgoing.destroyed) return
  // RFC 9110, section 8.6 does not allow the header for the status 204.
  const length = response.status !== 204 && { 'content-length': Buffer.byteLength(response.body) }
  outgoing.writeHead(response.status, { ...response.headers, ...length })
  outgoing.end(method === 'HEAD' ? undefined : response.body)
}
