import { expect, vi } from 'vitest'
import { Browser, type BrowserRequest, type BrowserResponse } from '../../support/browser.ts'
import { signIn } from '../../support/site.ts'
import type { Bench, Feature, Site } from './bench.ts'

const NativePromise = Promise
const NativeResponse = Response

/** What another package of the process does, by name. Each of them is undone after the test. */
const NEIGHBORS: Readonly<Record<string, () => void>> = {
  'Response is a subclass, as with @hono/node-server 1'() {
    vi.stubGlobal('Response', class Response extends NativeResponse {})
  },
  'Response is a class of a polyfill'() {
    vi.stubGlobal('Response', foreignResponse())
  },
  'Promise is a subclass'() {
    vi.stubGlobal('Promise', class Promise<T> extends NativePromise<T> {})
  },
  'Promise is a foreign class, as with zone.js and Bluebird'() {
    vi.stubGlobal('Promise', foreignPromise())
  },
  'every object has properties that open guards'() {
    pollute({
      csrf: false,
      roles: ['Todos.Approver'],
      scopes: ['Todos.Read'],
      user: 'mallory',
      token: 'application',
      accessToken: 'mallory',
      tid: 'mallory',
    })
  },
}

/** A class whose objects are not instances of the native one, but behave like them. */
function foreignResponse(): unknown {
  return class Response {
    constructor(...given: ConstructorParameters<typeof NativeResponse>) {
      const inner = new NativeResponse(...given)
      return new Proxy(inner, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
        getPrototypeOf: () => new.target.prototype,
      })
    }

    static json(data: unknown, init: ResponseInit = {}): unknown {
      const { body, headers, status } = NativeResponse.json(data, init)
      return Reflect.construct(this, [body, { headers, status }])
    }
  }
}

function foreignPromise(): unknown {
  return class Foreign<T> implements PromiseLike<T> {
    readonly #inner: Promise<T>

    constructor(start: ConstructorParameters<typeof NativePromise<T>>[0]) {
      this.#inner = new NativePromise(start)
    }

    // oxlint-disable-next-line unicorn/no-thenable -- The replacement of a promise.
    then<A, B>(
      onValue?: ((value: T) => A | PromiseLike<A>) | null,
      onError?: ((error: unknown) => B | PromiseLike<B>) | null,
    ): Foreign<A | B> {
      return Foreign.resolve<A | B>(this.#inner.then(onValue, onError))
    }

    catch<B>(onError: (error: unknown) => B): Foreign<T | B> {
      return this.then(undefined, onError)
    }

    finally(act: () => void): Foreign<T> {
      return Foreign.resolve<T>(this.#inner.finally(act))
    }

    static resolve<V>(value: V | PromiseLike<V>): Foreign<V> {
      return new Foreign((resolve) => resolve(value))
    }

    static reject(error: unknown): Foreign<never> {
      return new Foreign((_, reject) => reject(error))
    }

    static all = (given: Iterable<unknown>): unknown => Foreign.resolve(NativePromise.all(given))
    static race = (given: Iterable<unknown>): unknown => Foreign.resolve(NativePromise.race(given))
    static allSettled = (given: Iterable<unknown>): unknown =>
      Foreign.resolve(NativePromise.allSettled(given))
  }
}

function pollute(properties: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(properties)) {
    // Not enumerable, because the frameworks themselves fail otherwise.
    // oxlint-disable-next-line no-extend-native -- That is the attack.
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
    undo.push(() => delete (Object.prototype as unknown as Record<string, unknown>)[name])
  }
}

const undo: (() => unknown)[] = []

/** Runs an action beside a neighbor. */
async function beside(neighbor: () => void, act: () => Promise<void>): Promise<void> {
  try {
    neighbor()
    await act()
  } finally {
    vi.unstubAllGlobals()
    for (const step of undo.splice(0)) step()
  }
}

/** The requests of a client without cookies, and the status that each of them must get. */
async function expectApiGuarded(
  { origin }: Site,
  path: string,
  tokens: Readonly<Record<'forged' | 'expired' | 'other' | 'good', string>>,
): Promise<void> {
  const call = (token?: string): Promise<BrowserResponse> =>
    new Browser().send(origin + path, {
      method: path === '/mcp' ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        authorization: token === undefined ? undefined : `Bearer ${token}`,
      },
    })
  const statuses: Record<string, number> = {}
  for (const [name, token] of Object.entries({ none: undefined, garbage: 'a.b.c', ...tokens })) {
    // A token is verified at first, and known later.
    statuses[name] = (await call(token)).status
    statuses[`${name} again`] = (await call(token)).status
  }
  expect([path, statuses]).toEqual([
    path,
    {
      none: 401,
      'none again': 401,
      garbage: 401,
      'garbage again': 401,
      forged: 401,
      'forged again': 401,
      expired: 401,
      'expired again': 401,
      other: 403,
      'other again': 403,
      good: 200,
      'good again': 200,
    },
  ])
}

/** The guards decide the same, whatever another package of the process has replaced. */
export function neighbors({ behaves }: Bench): void {
  const apis: [string, string, Feature[]][] = [
    ['the wrapper of an API', '/api/todos', []],
    ['the middleware of an API', '/api/middleware', ['middleware']],
    ['orBearer with a token', '/either', []],
    ['an MCP server', '/mcp', ['mcp']],
  ]
  for (const [neighbor, replace] of Object.entries(NEIGHBORS)) {
    for (const [guard, path, needs] of apis) {
      behaves(`${guard} is closed if ${neighbor}`, ['functions', ...needs], ({ on, provider }) =>
        on({}, async (site) => {
          const token = (given: object): Promise<string> =>
            provider.accessToken({ as: 'alex', scopes: ['Todos.Read'], ...given })
          const tokens = {
            forged: await token({ key: 'stranger' }),
            expired: await token({ claims: { exp: 1 } }),
            other: await token({ scopes: ['Todos.ReadWrite'] }),
            good: await token({}),
          }

          await beside(replace, () => expectApiGuarded(site, path, tokens))
        }),
      )
    }

    behaves(`sessions decide the same if ${neighbor}`, ['functions'], ({ on, provider }) =>
      on({}, async (site) => {
        const [alex, robin, other] = [new Browser(), new Browser(), new Browser()]
        await signIn(site, provider, { as: 'alex' }, alex)
        await signIn(site, provider, { as: 'robin' }, robin)
        const post = (browser: Browser, headers: BrowserRequest['headers']) =>
          browser.send(`${site.origin}/page`, {
            method: 'POST',
            // A browser does not send this cookie with the request of another site.
            headers: { cookie: cookiesOf(browser), ...headers },
          })

        await beside(replace, async () => {
          expect((await other.navigate(`${site.origin}/`)).status).toBe(302)
          const user = await alex.navigate(`${site.origin}/`)
          expect([user.status, user.text]).toEqual([
            200,
            expect.stringContaining(provider.user('alex').oid),
          ])
          const cross = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
          expect((await post(alex, cross)).status).toBe(403)
          expect((await post(alex, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
          const approvers = [alex, robin].map((one) => one.navigate(`${site.origin}/approvers`))
          expect((await NativePromise.all(approvers)).map(({ status }) => status)).toEqual(
            APPROVERS.map((isApprover) => (isApprover ? 200 : 403)),
          )
        })
      }),
    )
  }
}

function cookiesOf({ cookies }: Browser): string {
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

/** Whether Alex and Robin have the role of the page `/approvers`. */
const APPROVERS = [false, true]
