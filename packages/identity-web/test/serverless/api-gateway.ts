import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { LambdaEvent, LambdaResult } from 'identity-web/aws-lambda'
import { close, listen } from '../support/server.ts'
import { joinHeaders } from './join-headers.ts'

/** A handler of Lambda, whose event and result have the payload format 2.0. */
export type Handler = (
  event: LambdaEvent,
  context: object,
) => Promise<Pick<LambdaResult, 'statusCode' | 'body' | 'isBase64Encoded'> & Partial<LambdaResult>>

/** What calls the function. Their events differ in the path, and their bodies in the encoding. */
export type Trigger =
  | { readonly kind: 'function URL' }
  | { readonly kind: 'HTTP API'; /** `$default` or a name. */ readonly stage: string }

/**
 * Serves a handler of Lambda over HTTP, as a function URL or an HTTP API does. The events have the shapes of the documentation:
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export async function serveLambda(
  handler: (event: LambdaEvent, context: object, origin: string) => ReturnType<Handler>,
  trigger: Trigger = { kind: 'function URL' },
  port = 0,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch(() => {
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end('{"message":"Internal Server Error"}')
    })
  })
  const origin = await listen(server, port)
  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const event = eventOf(incoming, await buffer(incoming), trigger)
    // Lambda sends both as JSON.
    const input = JSON.parse(JSON.stringify(event)) as LambdaEvent
    const output = JSON.parse(
      JSON.stringify(await handler(input, { awsRequestId: 'id' }, origin)),
    ) as Awaited<ReturnType<Handler>>
    const { statusCode, headers = {}, cookies = [], body, isBase64Encoded } = output
    outgoing.statusCode = statusCode
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
    if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies)
    outgoing.write(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
    outgoing.end()
  }
  return { origin, close: () => close(server) }
}

/** The content types whose bodies HTTP APIs pass on as text. */
const TEXT = /^(text\/.*|application\/(json|javascript|xml))/

function eventOf(
  { method = 'GET', url = '/', headers, rawHeaders }: IncomingMessage,
  body: Buffer,
  trigger: Trigger,
): object {
  const [path = '', query = ''] = url.split('?', 2)
  const isText = TEXT.test(headers['content-type'] ?? '')
  const rawPath = trigger.kind === 'HTTP API' ? decodeURIComponent(path) : path
  const { cookie, ...others } = joinHeaders(rawHeaders)
  const stage = trigger.kind === 'HTTP API' ? trigger.stage : '$default'
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: {
      ...others,
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdefghij',
      domainName: 'abcdefghij.example.amazonaws.com',
      domainPrefix: 'abcdefghij',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage,
      time: '12/Mar/2020:19:03:58 +0000',
      timeEpoch: 1_583_348_638_390,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}
