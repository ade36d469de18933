import { authJsSessions, sessionIds, signInUsers } from './sessions.mjs'

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
 * Further servers of Express: our own one with other requests, and the libraries that README.md of the root compares.
 *
 * - `session`: where the sessions are, which decides the base of the ratio.
 * - `cookiesOf` or `signInAt`: the `Cookie` headers of signed-in users, from the stage or from the server itself.
 * - `isElsewhere`: the users sign in at another process with the same secret, so that the measured process has the same
 *   history as the bare one.
 */
const EXPRESS_OTHERS = [
  {
    session: COOKIES,
    label: 'identity-web, with an access token',
    server: 'identity-web',
    path: '/token/0',
    cookiesOf: ({ cookies }) => cookies,
  },
  {
    session: COOKIES,
    label: 'identity-web, more users than the cache has room for',
    server: 'identity-web',
    cookiesOf: ({ crowd }) => crowd,
  },
  {
    session: COOKIES,
    label: 'express-openid-connect',
    server: 'express-openid-connect',
    signInAt: (origin, { realistic, users }) => signInUsers(realistic, origin, { users }),
    isElsewhere: true,
  },
  {
    session: COOKIES,
    label: '@auth/express',
    server: 'auth-express',
    cookiesOf: ({ setup, users }) => authJsSessions(setup.claims, users),
  },
]

/** By the name of the part. */
export const FRAMEWORKS = {
  express: {
    name: 'Express',
    servers: { ...serversOf('express'), bare: 'bare', ours: 'identity-web' },
    others: EXPRESS_OTHERS,
  },
  fastify: { name: 'Fastify', servers: serversOf('fastify') },
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
  hono: { name: 'Hono', servers: serversOf('hono') },
  fetch: { name: 'fetch', servers: serversOf('fetch') },
}

function serversOf(framework) {
  return {
    bare: `${framework}-bare`,
    ours: `${framework}-identity-web`,
    probe: `${framework}-probe`,
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
    { label: PROBE, server: probe },
    { label: OURS, server: ours },
  ].map((subject) => ({ ...subject, session: COOKIES, cookiesOf: (stage) => stage.cookies }))
}

function inStore({ bare, ours, probe }) {
  const cookiesOf = (stage) => stage.ids
  const keptIn = 'memory'
  return [
    { label: BARE, server: bare, cookiesOf },
    { label: BARE_AGAIN, server: bare, cookiesOf },
    { label: PROBE, server: probe, keptIn, signInAt: sessionIds },
    { label: OURS, server: ours, keptInOf: (stage) => stage.records, cookiesOf },
  ].map((subject) => ({ ...subject, session: STORE }))
}

/**
 * The servers of Express with sessions in a database.
 *
 * @param name - The name of the database.
 * @param url - Its URL.
 * @param crowd - The `Cookie` headers of more users than the cache of a process has room for.
 */
export function databaseSubjects(name, url, crowd) {
  const { bare, ours } = FRAMEWORKS.express.servers
  const ids = (stage) => stage.ids
  return [
    { label: BARE, server: bare, cookiesOf: ids },
    { label: BARE_AGAIN, server: bare, cookiesOf: ids },
    { label: OURS, server: ours, keptIn: url, cookiesOf: ids },
    {
      label: 'identity-web, more users than the cache has room for',
      server: ours,
      keptIn: url,
      cookiesOf: () => crowd,
    },
  ].map((subject) => ({ ...subject, group: `Express, ${name}` }))
}
