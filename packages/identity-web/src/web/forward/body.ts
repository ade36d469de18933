// Limits the body, and keeps a small one for a second try.
import type { HttpContext } from '../../http-context.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { ForwardBody, StreamOrBytes } from '../http/forward.ts'
import type { ForwardSettings } from '../../options/resolve-forward.ts'
import { ForwardFailure } from './failure.ts'
import type { Upstream } from './upstream.ts'
import { tooLarge } from './upstream-failures.ts'

/**
 * The maximum size, in bytes, of a body that is kept until the API has responded, so that the body can be sent a second
 * time.
 */
const MAX_KEPT_BYTES = 65_536

const NO_BODY: CheckedBody = { body: undefined, length: undefined, isDecoded: false }

/** A request body whose size is known before it is read. */
export interface CheckedBody {
  readonly body: StreamOrBytes | undefined
  /** The value of `Content-Length`. `undefined` if the client sends the body in chunks. */
  readonly length: number | undefined
  /**
   * `true` if a body parser has read and decompressed the body, so that `Content-Encoding` does not describe it
   * anymore.
   */
  readonly isDecoded: boolean
}

/**
 * Checks the body of a request.
 *
 * @throws ForwardFailure if it is too large, or if the application has read it.
 */
export function checkBody(
  { maxBodyBytes }: ForwardSettings,
  http: HttpContext,
  given: ForwardBody,
): CheckedBody {
  // The body of a GET has no meaning, and servers read its end differently (RFC 9110, section 9.3.1).
  if (given === undefined || http.method === 'GET' || http.method === 'HEAD') {
    return NO_BODY
  }
  if (given === 'consumed') throw consumed()
  const isDecoded = given.kind === 'bytes'
  const length = isDecoded ? given.bytes.byteLength : declaredLength(http)
  if (length !== undefined && length > maxBodyBytes) throw tooLarge(maxBodyBytes)
  return { body: given, length, isDecoded }
}

function declaredLength(http: HttpContext): number | undefined {
  const header = http.header('content-length')
  if (header === undefined || http.header('transfer-encoding') !== undefined) return undefined
  if (/^\d{1,15}$/.test(header)) return Number(header)
  throw new ForwardFailure('malformed', 'The header Content-Length is not a number.')
}

function consumed(): ForwardFailure {
  return new ForwardFailure(
    'body_consumed',
    'The body of the request cannot be forwarded, because the application has read it.',
    {
      hint: 'A body parser runs before auth.forward(). Call new Auth(app) before you add the body parser, for example before app.use(express.json()). In NestJS, set NestFactory.create(AppModule, { rawBody: true }). You can also set bodyParser: false there.',
    },
  )
}

/**
 * Reads a small body before the request is sent, so that the body can be sent a second time.
 *
 * @throws ForwardFailure if the client does not send all of it in time.
 */
export function keepSmallBody(
  upstream: Upstream,
  { body, length }: CheckedBody,
  timeoutMs: number,
): MaybePromise<StreamOrBytes | undefined> {
  const isSmall = length !== undefined && length <= MAX_KEPT_BYTES
  if (body?.kind !== 'stream' || !isSmall) return body
  return upstream
    .read(body.stream, { length, timeoutMs })
    .then((bytes): StreamOrBytes => ({ kind: 'bytes', bytes }))
}
