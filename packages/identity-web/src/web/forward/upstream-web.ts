// The connection with `fetch`.
import type { StreamOrBytes } from '../http/forward.ts'
import type {
  ExpectedBody,
  Upstream,
  UpstreamOptions,
  UpstreamRequest,
  UpstreamResponse,
} from './upstream.ts'
import {
  clientGone,
  incompleteBody,
  noResponse,
  slowBody,
  toFailure,
  tooLarge,
} from './upstream-failures.ts'

// The connection to the API of a forwarded path on runtimes other than Node.js.

/** Connects to an API with `fetch`. */
export function createUpstream({ origin, fetch }: UpstreamOptions): Upstream {
  return {
    send: (sent) => sendOnce(fetch, origin, sent),
    read,
    toWebStream: (body) => body as ReadableStream<Uint8Array>,
  }
}

async function sendOnce(
  fetch: UpstreamOptions['fetch'],
  origin: string,
  sent: UpstreamRequest,
): Promise<UpstreamResponse> {
  const { method, pathAndQuery, body, timeoutMs } = sent
  const abort = new AbortController()
  let failure: Error | undefined
  let isBodySent = body?.kind !== 'stream'
  const fail = (error: Error): void => {
    failure ??= error
    abort.abort()
  }
  let timer = setTimeout(onTimeout, timeoutMs)
  function onTimeout(): void {
    fail(isBodySent ? noResponse() : slowBody())
  }
  sent.onClientGone(() => fail(clientGone()))
  const onPart = (): void => {
    clearTimeout(timer)
    timer = setTimeout(onTimeout, timeoutMs)
  }
  const stream =
    body?.kind === 'stream' &&
    counted(body, { sent, fail, onPart, onEnd: () => void (isBodySent = true) })
  try {
    const response = await fetch(origin + pathAndQuery, {
      method,
      headers: toHeaders(sent.headers, stream !== false),
      redirect: 'manual',
      signal: abort.signal,
      ...(body?.kind === 'bytes' && { body: body.bytes as Uint8Array<ArrayBuffer> }),
      // Other runtimes than browsers send a stream only with `duplex`.
      ...(stream !== false && ({ body: stream, duplex: 'half' } as RequestInit)),
    })
    return toResponse(response, abort)
  } catch (error) {
    throw failure ?? toFailure(error, origin)
  } finally {
    clearTimeout(timer)
  }
}

/** Returns the headers for `fetch`, which decompresses responses and sets the length of the body itself. */
function toHeaders(headers: Readonly<Record<string, string>>, isStream: boolean): Headers {
  const own = new Headers(headers)
  own.set('accept-encoding', 'identity')
  if (isStream) own.delete('content-length')
  return own
}

interface StreamListeners {
  readonly sent: UpstreamRequest
  readonly fail: (error: Error) => void
  readonly onPart: () => void
  readonly onEnd: () => void
}

/** Passes a body on, and fails if the body becomes too large. */
function counted(
  { stream }: StreamOrBytes & { readonly kind: 'stream' },
  { sent, fail, onPart, onEnd }: StreamListeners,
): ReadableStream<Uint8Array> {
  let size = 0
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onPart()
      size += chunk.byteLength
      if (size <= sent.maxBodyBytes) controller.enqueue(chunk)
      else fail(tooLarge(sent.maxBodyBytes))
    },
    flush: onEnd,
  })
  ;(stream as ReadableStream<Uint8Array>)
    .pipeTo(counter.writable)
    .catch(() => fail(incompleteBody()))
  return counter.readable
}

async function read(stream: unknown, { length, timeoutMs }: ExpectedBody): Promise<Uint8Array> {
  const reader = (stream as ReadableStream<Uint8Array>).getReader()
  try {
    const bytes = new Uint8Array(length)
    let size = 0
    for (;;) {
      const { done, value } = await readPart(reader, timeoutMs)
      if (done ? size < length : size + value.byteLength > length) throw incompleteBody()
      if (done) return bytes
      bytes.set(value, size)
      size += value.byteLength
    }
  } catch (error) {
    void reader.cancel().catch(ignore)
    throw error
  }
}

async function readPart(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  timeoutMs: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const isLate = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs)
  })
  // The stream fails if the client closes the connection.
  const part = await Promise.race([reader.read().catch(() => undefined), isLate])
  clearTimeout(timer)
  if (part !== undefined && part !== 'late') return part
  throw part === 'late' ? slowBody() : incompleteBody()
}

function toResponse(response: Response, abort: AbortController): UpstreamResponse {
  const { status, headers, body } = response
  // `fetch` has decompressed the body, so its length is not known.
  const isChanged = headers.has('content-encoding')
  return {
    status,
    header(name) {
      if (isChanged && (name === 'content-encoding' || name === 'content-length')) return undefined
      return headers.get(name) ?? undefined
    },
    body,
    discard: () => void body?.cancel().catch(ignore),
    destroy: () => abort.abort(),
  }
}

function ignore(): void {}
