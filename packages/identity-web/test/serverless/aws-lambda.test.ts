import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { toLambdaHandler, type LambdaEvent } from 'identity-web/aws-lambda'
import { Auth, type AuthOptions } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import { describe, expect, test } from '../support/fixtures.ts'
import { SESSION_SECRET, sendToCallback, signIn } from '../support/site.ts'
import { serveLambda, type Handler, type Trigger } from './api-gateway.ts'

/** Makes the handler of a function with the pages `/`, `/me` and `POST /echo`, below a path. */
type CreateHandler = (options: AuthOptions, base: string) => Handler

const plain: CreateHandler = (options, base) => {
  const auth = new Auth(options)
  const pages: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    [`${base}/`]: auth.loginRequired((_request, { user }) => Response.json({ name: user.name })),
    [`${base}/me`]: auth.loginRequired({ scopes: ['User.Read'] }, (_request, context) =>
      context.fetch('/me'),
    ),
    [`${base}/echo`]: auth.loginRequired(async (request) =>
      Response.json((await request.formData()).get('a')),
    ),
  }
  const respond = (request: Request) =>
    pages[new URL(request.url).pathname]?.(request) ?? new Response(null, { status: 404 })
  return toLambdaHandler((request) => auth.respond(request, () => respond(request)))
}

const hono: CreateHandler = (options, base) => {
  const app = new Hono().basePath(base)
  const auth = new HonoAuth(app, options)
  app.get(
    '/',
    auth.loginRequired((c, { user }) => c.json({ name: user.name })),
  )
  app.get(
    '/me',
    auth.loginRequired({ scopes: ['User.Read'] }, (_c, context) => context.fetch('/me')),
  )
  app.post(
    '/echo',
    auth.loginRequired(async (c) => c.json((await c.req.formData()).get('a') as string)),
  )
  return handle(app) as unknown as Handler
}

const TRIGGERS: readonly (readonly [string, Trigger, string])[] = [
  ['a function URL', { kind: 'function URL' }, ''],
  ['an HTTP API', { kind: 'HTTP API', stage: '$default' }, ''],
  ['an HTTP API with a stage', { kind: 'HTTP API', stage: 'prod' }, '/prod'],
]

describe.each([
  ['toLambdaHandler', plain],
  ['hono/aws-lambda', hono],
] as const)('%s', (_name, create) => {
  test.for(TRIGGERS)(
    'signs users in, calls an API, reads a form and signs out behind %s',
    async ([, trigger, base], { provider, onTestFinished }) => {
      let handler: Handler | undefined
      const server = await serveLambda(
        (event, context) => handler?.(event, context) as never,
        trigger,
      )
      onTestFinished(() => server.close())
      handler = create(
        {
          authority: provider.authority(),
          clientId: provider.app.clientId,
          clientCredential: provider.app.clientSecret,
          redirectUri: `${server.origin}${base}/redirect`,
          basePath: base,
          session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
          logger: false,
        },
        base,
      )
      const site = { origin: `${server.origin}${base}` }
      // The home page of Hono does not have a slash at its end.
      const home = base === '' || create === plain ? `${site.origin}/` : site.origin

      const browser = await signIn(site, provider, { path: home.slice(site.origin.length) })
      const page = await browser.navigate(home)
      const me = await browser.navigate(`${site.origin}/me?select=name`)
      const back = await sendToCallback(
        browser,
        await provider.signIn(me.location ?? '', { as: 'alex', consent: true }),
      )
      const called = await browser.navigate(new URL(back.location ?? '', site.origin).href)
      const echo = await browser.navigate(`${site.origin}/echo`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=%C3%A4+b',
      })
      const out = await browser.navigate(`${site.origin}/logout`)

      expect(page.json()).toEqual({ name: 'Alex Rivera' })
      expect(back.location).toBe(`${base}/me?select=name`)
      expect([called.status, called.json()]).toMatchObject([200, { displayName: 'Alex Rivera' }])
      expect(echo.json()).toBe('ä b')
      expect(out.location).toContain('/logout?')
      expect(browser.cookies.has('identity')).toBe(false)
      expect((await browser.script(home)).status).toBe(401)
    },
  )
})

/** The event of the documentation, with other values. */
function eventOf(values: Partial<LambdaEvent> & { readonly method?: string } = {}): LambdaEvent {
  const { method = 'GET', ...others } = values
  return {
    rawPath: '/my/path',
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1=a', 'cookie2=b'],
    headers: { header1: 'value1', header2: 'value1,value2' },
    isBase64Encoded: false,
    requestContext: { domainName: 'id.execute-api.us-east-1.amazonaws.com', http: { method } },
    ...others,
  }
}

describe('toLambdaHandler', () => {
  const received = async (event: LambdaEvent): Promise<Request> => {
    const requests: Request[] = []
    await toLambdaHandler((request) => {
      requests.push(request)
      return new Response()
    })(event, {})
    return requests[0] as Request
  }

  test('makes a request of an event', async () => {
    const request = await received(eventOf())

    expect(request.url).toBe(
      'https://id.execute-api.us-east-1.amazonaws.com/my/path?parameter1=value1&parameter1=value2&parameter2=value',
    )
    expect(Object.fromEntries(request.headers)).toEqual({
      cookie: 'cookie1=a; cookie2=b',
      header1: 'value1',
      header2: 'value1,value2',
    })
  })

  test.for([
    ['text', { body: 'ä', isBase64Encoded: false }],
    ['base64', { body: Buffer.from('ä').toString('base64'), isBase64Encoded: true }],
    ['null', { body: null, isBase64Encoded: false }],
  ] as const)('reads a body of %s', async ([, given]) => {
    const request = await received(eventOf({ method: 'POST', ...given }))

    expect(await request.text()).toBe(given.body === null ? '' : 'ä')
  })

  test('ignores the body of a GET request, which a Request cannot have', async () => {
    expect((await received(eventOf({ body: 'in' }))).body).toBeNull()
  })

  test('encodes the header of a proxy that a Request cannot have', async () => {
    const headers = { 'cloudfront-viewer-city': 'Łódź', 'x-name': 'Zoë' }

    const request = await received(eventOf({ headers }))

    expect(request.headers.get('cloudfront-viewer-city')).toBe('%C5%81%C3%B3d%C5%BA')
    expect(request.headers.get('x-name')).toBe('Zoë')
  })

  test.for([
    { method: 'TRACE' },
    { headers: { 'x-bad': 'a\nb' } },
    { method: 'POST', body: '*', isBase64Encoded: true },
  ])('responds with 400 to an impossible request: %j', async (values) => {
    const result = await toLambdaHandler(() => new Response('in'))(eventOf(values), {})

    expect([result.statusCode, result.body]).toEqual([400, 'Bad request'])
  })

  test('returns each cookie, text as text and other bytes as base64', async () => {
    const bytes = new Uint8Array([0xff, 0x00, 0xfe])
    const headers = new Headers({ 'content-type': 'text/plain;charset=UTF-8', 'x-own': '1' })
    headers.append('set-cookie', 'a=1; Path=/')
    headers.append('set-cookie', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT')

    const text = await toLambdaHandler(() => new Response('\uFEFFä', { status: 201, headers }))(
      eventOf(),
      {},
    )
    const binary = await toLambdaHandler(() => new Response(bytes))(eventOf(), {})

    expect(text).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-own': '1' },
      cookies: ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
      body: '\uFEFFä',
      isBase64Encoded: false,
    })
    expect(binary).toMatchObject({
      body: Buffer.from(bytes).toString('base64'),
      isBase64Encoded: true,
    })
  })

  test('passes the event and the context on', async () => {
    const event = eventOf()
    const handler = toLambdaHandler((_request, given, context: { readonly awsRequestId: string }) =>
      Response.json([given === event, context.awsRequestId]),
    )

    expect((await handler(event, { awsRequestId: 'id' })).body).toBe('[true,"id"]')
  })

  test('says what to change if the event has another format', async () => {
    const restApi = { path: '/', httpMethod: 'GET', requestContext: { stage: 'prod' } }
    const handler = toLambdaHandler(() => new Response())

    await expect(handler(restApi as unknown as LambdaEvent, {})).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('payloadFormatVersion') as string,
    })
  })
})
