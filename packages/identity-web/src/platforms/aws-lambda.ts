// Converts events of AWS Lambda to a `Request`.
import { toBase64 } from '../base64.ts'
import { configurationError } from '../errors.ts'

export { IdentityError, type ErrorReason, type IdentityErrorCode } from '../errors.ts'
export type * from '../register.ts'

// AWS Lambda calls a function with an event instead of a `Request`. Function URLs and API Gateway's HTTP APIs use the
// payload format 2.0:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

/** The part of an event (payload format 2.0) that is converted to a `Request`. @public */
export interface LambdaEvent {
  /** The path, which starts with the stage's name, unless the stage is `$default`. */
  readonly rawPath: string
  /** The query without the question mark. */
  readonly rawQueryString: string
  /** The browser's cookies, each as `name=value`. */
  readonly cookies?: readonly string[] | undefined
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The body, which is base64 if `isBase64Encoded` is `true`. */
  readonly body?: string | null | undefined
  /** `true` if the body is base64, which API Gateway also uses for a form's body. */
  readonly isBase64Encoded: boolean
  /** The data about the function URL or the API. */
  readonly requestContext: {
    /** The URL's host name. */
    readonly domainName: string
    /** The request line. */
    readonly http: {
      /** The method. */
      readonly method: string
    }
  }
}

/** A response in the payload format 2.0. @public */
export interface LambdaResult {
  /** The status code. */
  statusCode: number
  /** The headers except `Set-Cookie`. */
  headers: Record<string, string>
  /** The `Set-Cookie` values, each of which becomes a header. */
  cookies: string[]
  /** The body. */
  body: string
  /** `true` if the body is base64, because it is not text. */
  isBase64Encoded: boolean
}

/**
 * Turns a function that receives a `Request` and returns a `Response` into the handler of a Lambda function. Use it
 * with a function URL or an HTTP API whose payload format is 2.0, and with the `Auth` from `identity-web/fetch`.
 *
 * @param respond - Returns the response. It also gets Lambda's event and context.
 * @returns The handler.
 * @throws IdentityError `configuration` from the handler, if the event has another format.
 * @typeParam Event - The type of the events.
 * @typeParam Context - The type of Lambda's context.
 * @example
 * ```ts
 * const auth = new Auth()
 * const home = auth.loginRequired((request, { user }) => new Response(`Hello, ${user.name}`))
 *
 * export const handler = toLambdaHandler((request) => auth.respond(request, () => home(request)))
 * ```
 * @public
 */
export function toLambdaHandler<Event extends LambdaEvent = LambdaEvent, Context = unknown>(
  respond: (request: Request, event: Event, context: Context) => Response | Promise<Response>,
): (event: Event, context: Context) => Promise<LambdaResult> {
  return async (event, context) => {
    const request = toRequest(event)
    return toResult(
      await (request === undefined
        ? new Response('Bad request', { status: 400 })
        : respond(request, event, context)),
    )
  }
}

/** @returns `undefined` if the event cannot be converted to a `Request`, for example because of the method `TRACE`. */
function toRequest(event: LambdaEvent): Request | undefined {
  const { http, domainName } = checked(event).requestContext
  const { method } = http
  try {
    const url = new URL(`https://${domainName}`)
    // HTTP APIs decode the path, but function URLs do not. The setter encodes a `?` or a `#` that was decoded.
    url.pathname = event.rawPath
    url.search = event.rawQueryString
    const hasBody = method !== 'GET' && method !== 'HEAD' && typeof event.body === 'string'
    return new Request(url, {
      method,
      headers: headersOf(event),
      ...(hasBody && { body: bodyOf(event) }),
    })
  } catch {
    return undefined
  }
}

function checked(event: LambdaEvent): LambdaEvent {
  const { rawPath, requestContext } = event as Partial<LambdaEvent>
  if (rawPath !== undefined && requestContext?.http !== undefined) return event
  throw configurationError(
    'The event does not have the payload format 2.0. Use a function URL, or set payloadFormatVersion of the integration of your HTTP API to 2.0. For a REST API or a load balancer, use Hono with hono/aws-lambda and identity-web/hono.',
  )
}

function headersOf({ headers: given, cookies }: LambdaEvent): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) headers.set(name, toByteString(value))
  }
  // The cookies are not among the headers of every event.
  if (cookies !== undefined) headers.set('cookie', cookies.join('; '))
  return headers
}

/**
 * Encodes a header's value so that `Headers` accepts it, because a proxy's header, such as the user's city, can contain
 * other characters.
 */
function toByteString(value: string): string {
  for (let index = 0; index < value.length; index++) {
    if (value.charCodeAt(index) > 255) return encodeURIComponent(value)
  }
  return value
}

function bodyOf({ body, isBase64Encoded }: LambdaEvent): BodyInit {
  if (!isBase64Encoded) return body ?? ''
  return Uint8Array.from(atob(body ?? ''), (character) => character.charCodeAt(0))
}

async function toResult(response: Response): Promise<LambdaResult> {
  const headers: Record<string, string> = {}
  for (const [name, value] of response.headers) if (name !== 'set-cookie') headers[name] = value
  return {
    statusCode: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    ...encode(new Uint8Array(await response.arrayBuffer())),
  }
}

/**
 * Returns a body as a string. A body that is not UTF-8, such as an image, is encoded in base64, because a string would
 * change it.
 */
function encode(bytes: Uint8Array): Pick<LambdaResult, 'body' | 'isBase64Encoded'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { body: text.decode(bytes), isBase64Encoded: false }
  } catch {
    return { body: toBase64(bytes), isBase64Encoded: true }
  }
}
