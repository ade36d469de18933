import { createRequire } from 'node:module'
import type { Moment } from './settings.ts'

/** What another package in the process does. */
export interface Variation {
  apply(): unknown
  /** The errors with which the process cannot start, because a framework cannot be loaded. See docs/versions.md. */
  readonly fails?: Readonly<Partial<Record<Moment, RegExp>>>
  /** The hosts whose framework fails, with 500 or a closed connection. They must not allow anything by mistake. */
  readonly breaks?: readonly string[]
}

/** Replaces a global by a subclass, as wrappers and polyfills do. */
function subclass(...names: readonly string[]): void {
  const globals = globalThis as unknown as Record<string, new (...args: unknown[]) => object>
  for (const name of names) {
    const Native = globals[name]
    if (Native === undefined) throw new Error(`There is no global ${name}.`)
    globals[name] = { [name]: class extends Native {} }[name] as typeof Native
  }
}

/** Names of claims, options and results, that a package could leave on `Object.prototype` by a careless merge. */
const POLLUTION = {
  roles: ['Todos.Approver'],
  groups: ['Todos.Approver'],
  wids: ['Todos.Approver'],
  scp: 'Todos.Read',
  scopes: ['Todos.Read'],
  user: { oid: 'polluted' },
  claims: { oid: 'polluted', roles: ['Todos.Approver'] },
  context: { kind: 'bearer' },
  ok: true,
  isAllowed: true,
  kind: 'session',
  csrf: false,
  challenge: 'redirect',
  appPermissions: ['Todos.Read.All'],
  allowedClients: ['polluted'],
  polluted: 'yes',
}

function pollute(enumerable: boolean): void {
  for (const [name, value] of Object.entries(POLLUTION)) {
    const descriptor = { value, enumerable, configurable: true, writable: true }
    // oxlint-disable-next-line no-extend-native -- It does what it should not.
    Object.defineProperty(Object.prototype, name, descriptor)
  }
}

const require = createRequire(import.meta.url)

export const VARIATIONS: Readonly<Record<string, Variation>> = {
  nothing: { apply: () => undefined },
  'serve() of @hono/node-server 1': {
    async apply() {
      const { serve } = await import('hono-node-server-1')
      serve({ fetch: () => new Response('other'), port: 0 })
    },
  },
  'serve() of @hono/node-server 2': {
    async apply() {
      const { serve } = await import('@hono/node-server')
      serve({ fetch: () => new Response('other'), port: 0 })
    },
  },
  'a subclass of Response': { apply: () => subclass('Response') },
  'a subclass of Request': { apply: () => subclass('Request') },
  'a subclass of Headers': { apply: () => subclass('Headers') },
  'a subclass of URL': { apply: () => subclass('URL') },
  'a subclass of Promise': { apply: () => subclass('Promise') },
  // An extra one, because sign-ins fail then: see every-neighbor.test.ts.
  'a subclass of URLSearchParams': { apply: () => subclass('URLSearchParams') },
  'a subclass of each': {
    apply: () => subclass('Response', 'Request', 'Headers', 'URL', 'Promise'),
  },
  'the classes of undici': {
    async apply() {
      const { install } = await import('undici')
      install()
    },
  },
  'the URL of whatwg-url': {
    async apply() {
      // @ts-expect-error It has no types.
      const { URL, URLSearchParams } = await import('whatwg-url')
      Object.assign(globalThis, { URL, URLSearchParams })
    },
  },
  // @ts-expect-error It has no types for this entry.
  'zone.js': { apply: () => import('zone.js/node') },
  bluebird: {
    async apply() {
      // @ts-expect-error It has no types.
      const { default: Bluebird } = await import('bluebird')
      // The fetch of Node.js 26 needs a function that Bluebird does not have.
      Object.assign(Bluebird, { withResolvers: Reflect.get(Promise, 'withResolvers') })
      Object.assign(globalThis, { Promise: Bluebird })
    },
  },
  'a fetch with foreign responses': {
    async apply() {
      const { fetch } = await import('undici')
      Object.assign(globalThis, { fetch })
    },
  },
  'faked timers and Date': {
    async apply() {
      const { install } = await import('@sinonjs/fake-timers')
      install({
        now: Date.now(),
        toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
      })
    },
  },
  'properties of Object.prototype': { apply: () => pollute(false) },
  'enumerable properties of Object.prototype': {
    apply: () => pollute(true),
    // Next.js defines properties with the enumerable members of a literal, also the inherited ones.
    fails: { 'before the import': /Getter must be a function/ },
    // They enumerate the headers of a response.
    breaks: ['Hono on node-server 1', 'Hono on node-server 2', 'SvelteKit'],
  },
  'properties of Array.prototype': {
    apply() {
      Object.assign(Array.prototype, {
        polluted: 'yes',
        last: () => undefined,
        roles: POLLUTION.roles,
      })
    },
  },
  'frozen intrinsics': {
    apply() {
      // As a lockdown does.
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        const { value } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {}
        // The fetch of Node.js 20 cannot make its errors then, and ends the process. That of later ones cannot send a body.
        if (typeof value !== 'function' || /^(?:Error|ReadableStream)$/.test(name)) continue
        Object.freeze(value)
        if (typeof value.prototype === 'object') Object.freeze(value.prototype)
      }
    },
    // Packages assign methods that objects inherit.
    fails: { 'before the import': /Cannot assign to read only property/ },
  },
  // An extra one, because sign-ins fail then: see every-neighbor.test.ts.
  'a frozen ReadableStream': { apply: () => Object.freeze(ReadableStream.prototype) },
  'a second identity-web': {
    async apply() {
      // The tests run the sources, so this is another copy.
      const entries = [
        'identity-web',
        ...['express', 'fetch', 'nestjs'].map((e) => `identity-web/${e}`),
      ]
      for (const entry of entries) await import(/* @vite-ignore */ entry)
    },
  },
  'a second jose': { apply: () => import('express-oauth2-jwt-bearer') },
  'second copies of the frameworks': {
    async apply() {
      // The last one has a copy for `require`.
      for (const name of ['express4', 'koa2', 'h3-2']) await import(/* @vite-ignore */ name)
      return require('hono') as unknown
    },
  },
  'a patched node:http': {
    apply() {
      // As instrumentation does: around the methods of the module and of its prototypes.
      const http = require('node:http') as Record<string, unknown> & typeof import('node:http')
      wrap(http.Server.prototype, 'emit')
      for (const method of ['writeHead', 'setHeader', 'appendHeader', 'end', 'write'])
        wrap(http.ServerResponse.prototype, method)
      for (const method of ['request', 'get', 'createServer']) wrap(http, method)
      wrap(globalThis, 'fetch')
    },
  },
}

function wrap(target: object, name: string): void {
  const methods = target as Record<string, (...args: unknown[]) => unknown>
  const original = methods[name]
  methods[name] = function (this: unknown, ...args: unknown[]) {
    return original?.apply(this, args)
  }
}
