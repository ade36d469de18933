import { authJsSessions, oidcAuthSessions, sessionIds, signInUsers } from './sessions.mjs'

// Every framework is measured in the same way: bare servers, probes, our guard, and then its other libraries. A file
// `servers/<server>-<variant>.mjs` is the server of a variant.

const COOKIES = 'cookies'
const STORE = 'store'

/** The base of all ratios: a server that receives the same cookies, but does not read them. */
export const BARE = 'bare'
/** The same in another process. Its ratio is the dispersion: it differs from 1 only by the disturbances. */
export const BARE_AGAIN = 'bare, again'
export const OURS = 'identity-web'
export const PROBE = 'probe'

/**
 * The other libraries of a framework and further requests to our own server.
 *
 * - `session`: where the sessions are, which decides the base of the ratio.
 * - `signInAt`: returns the `Cookie` headers of signed-in users of a server.
 * - `isElsewhere`: the users sign in at another process with the same secret and store, so that the measured process has
 *   the same history as the bare one.
 */
const EXPRESS_OTHERS = [
  { session: COOKIES, label: 'bare, no cookies', server: 'bare', cookiesOf: () => [''] },
  {
    session: COOKIES,
    label: 'identity-web, with an access token',
    server: 'identity-web',
    path: '/token/0',
    cookiesOf: ({ cookies }) => cookies,
  },
  {
    session: COOKIES,
    label: 'express-openid-connect',
    server: 'express-openid-connect',
    signInAt: signInWithProvider,
    isElsewhere: true,
  },
  {
    session: COOKIES,
    label: '@auth/express',
    server: 'auth-express',
    cookiesOf: ({ setup, users }) => authJsSessions(setup.claims, users),
  },
  {
    session: STORE,
    label: 'express-openid-connect',
    server: 'express-openid-connect',
    keptIn: 'memory',
    signInAt: signInWithProvider,
  },
  {
    session: STORE,
    label: 'express-session',
    server: 'express-session',
    keptIn: 'memory',
    signInAt: sessionIds,
  },
]

const FASTIFY_OTHERS = [
  {
    session: COOKIES,
    label: '@fastify/secure-session',
    server: 'fastify-secure-session',
    signInAt: sessionIds,
    isElsewhere: true,
  },
  {
    session: STORE,
    label: '@fastify/session',
    server: 'fastify-session',
    signInAt: sessionIds,
  },
]

const HONO_OTHERS = [
  {
    session: COOKIES,
    label: 'probe of a handler',
    server: 'hono-handler-probe-cookie',
    cookiesOf: ({ cookies }) => cookies,
  },
  {
    session: STORE,
    label: 'probe of a handler',
    server: 'hono-handler-probe-store',
    signInAt: startAtProbe,
  },
  {
    session: COOKIES,
    label: '@hono/oidc-auth',
    server: 'hono-oidc-auth',
    cookiesOf: ({ setup, users }) => oidcAuthSessions(setup.claims, users),
  },
]

/** By the name of the part. */
export const FRAMEWORKS = {
  express: {
    name: 'Express',
    servers: { ...serversOf('express'), bare: 'bare', ours: 'identity-web' },
    others: EXPRESS_OTHERS,
  },
  fastify: { name: 'Fastify', servers: serversOf('fastify'), others: FASTIFY_OTHERS },
  koa: { name: 'Koa', servers: serversOf('koa') },
  'nestjs-express': {
    name: 'NestJS on Express',
    servers: serversOf('nestjs'),
    settings: { platform: 'express' },
  },
  'nestjs-fastify': {
    name: 'NestJS on Fastify',
    servers: serversOf('nestjs'),
    settings: { platform: 'fastify' },
  },
  hono: { name: 'Hono', servers: fetchServersOf('hono'), others: HONO_OTHERS },
  fetch: { name: 'fetch', servers: fetchServersOf('fetch') },
}

function serversOf(framework) {
  return {
    bare: `${framework}-bare`,
    ours: `${framework}-identity-web`,
    probe: { [COOKIES]: `${framework}-probe`, [STORE]: `${framework}-probe` },
  }
}

/** Servers from `Request` to `Response` have two probes. */
function fetchServersOf(framework) {
  return {
    ...serversOf(framework),
    probe: { [COOKIES]: `${framework}-probe-cookie`, [STORE]: `${framework}-probe-store` },
  }
}

/** Returns the subjects of a framework: which servers run, and which sessions their requests have. */
export function subjectsOf({ name, servers, settings, others = [] }) {
  return [...inCookies(servers), ...inStore(servers), ...others].map((subject) => ({
    ...subject,
    settings,
    group: `${name}, ${subject.session}`,
  }))
}

/** The pages of the gate by the end of their group. The other measurements use the first one. */
export const PAGES = { '': '/', ', text': '/text', ', HTML': '/html' }

/** Returns the same servers for the gate, without other libraries: one list for each page. */
export function gateSubjectsOf(framework) {
  const own = subjectsOf({ ...framework, others: [] }).filter(({ label }) => label !== BARE_AGAIN)
  return Object.entries(PAGES).map(([end, path]) =>
    own.map((subject) => ({ ...subject, path, group: subject.group + end })),
  )
}

function inCookies({ bare, ours, probe }) {
  return [
    { label: BARE, server: bare },
    { label: BARE_AGAIN, server: bare },
    { label: PROBE, server: probe[COOKIES] },
    { label: OURS, server: ours },
  ].map((subject) => ({ ...subject, session: COOKIES, cookiesOf: (stage) => stage.cookies }))
}

function inStore({ bare, ours, probe }) {
  const cookiesOf = (stage) => stage.ids
  const keptIn = 'memory'
  return [
    { label: BARE, server: bare, cookiesOf },
    { label: BARE_AGAIN, server: bare, cookiesOf },
    { label: PROBE, server: probe[STORE], keptIn, signInAt: startAtProbe },
    { label: OURS, server: ours, keptInOf: (stage) => stage.records, cookiesOf },
  ].map((subject) => ({ ...subject, session: STORE }))
}

/** The servers with sessions in Redis. The bare ones get our cookies. */
export function redisSubjects(url) {
  const express = FRAMEWORKS.express.servers
  const ids = ({ ids: cookies }) => cookies
  return [
    { label: BARE, server: express.bare, cookiesOf: ids },
    { label: BARE_AGAIN, server: express.bare, cookiesOf: ids },
    { label: OURS, server: express.ours, keptIn: url, cookiesOf: ids },
    {
      label: 'express-openid-connect',
      server: 'express-openid-connect',
      keptIn: url,
      signInAt: signInWithProvider,
      isElsewhere: true,
    },
    {
      label: 'express-session',
      server: 'express-session',
      keptIn: url,
      signInAt: sessionIds,
      isElsewhere: true,
    },
  ].map((subject) => ({ ...subject, group: 'Express, Redis' }))
}

/** The servers with sessions in PostgreSQL. All of them get our cookies. */
export function postgresSubjects(url) {
  const express = FRAMEWORKS.express.servers
  return [
    { label: BARE, server: express.bare },
    { label: BARE_AGAIN, server: express.bare },
    { label: PROBE, server: 'postgres-probe', keptIn: url },
    { label: OURS, server: express.ours, keptIn: url },
  ].map((subject) => ({
    ...subject,
    group: 'Express, PostgreSQL',
    cookiesOf: ({ ids }) => ids,
  }))
}

function signInWithProvider(origin, { realistic, users }) {
  return signInUsers(realistic, origin, { users })
}

/** The probe starts a session for each visitor without one. */
function startAtProbe(origin, { users }) {
  return sessionIds(origin, { users, path: '/' })
}
