import { randomUUID } from 'node:crypto'
import { explainError } from '../explain-error.js'
import { openRedis } from '../network/redis.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import { secretsOf } from '../../../subject/secrets.js'
import type { Subject } from '../../../subject/subject.js'
import type { Check } from './check.js'
import { checkPostgres } from './postgres-store.js'
import {
  checkLocks,
  checkObject,
  CHECK_STORE,
  isGone,
  LONG_TTL,
  TTL,
  type AnyStore,
} from './store-object.js'

/** Checks that the stores of sessions and shared tokens keep values, return them, and delete them when they expire. */
export const store: Check = {
  name: 'store',
  looksAt:
    'whether the stores of sessions and of shared tokens keep a value, return it and let it expire',
  async run(evidence) {
    const [ofSessions, ofTokens] = await Promise.all([
      checkSessionStore(evidence),
      checkTokenStore(evidence),
    ])
    const found = [ofSessions].flat()
    if (ofTokens === undefined) return found
    return [...found.filter(({ result }) => result !== 'skipped'), ofTokens]
  },
}

/** The URLs of PostgreSQL. Applications with another database use DATABASE_URL too. */
const POSTGRES = /^postgres(?:ql)?:/

async function checkSessionStore(evidence: Evidence): Promise<Finding | readonly Finding[]> {
  const { options, object, variables } = evidence.subject
  if (options.session?.store !== undefined)
    return checkObject(options.session.store, { name: 'session.store' }, evidence)
  const named = evidence.choices.store || variables.all['REDIS_URL']
  if (named)
    return POSTGRES.test(named)
      ? checkPostgres(named, { isOfSessions: true, evidence })
      : checkRedis(named, evidence)
  const database = variables.all['DATABASE_URL'] ?? ''
  if (POSTGRES.test(database)) {
    const found = [await checkPostgres(database, { isOfSessions: false, evidence })].flat()
    // An object of the configuration file knows its store.
    if (object === undefined || found.some(({ result }) => result !== 'skipped')) return found
  }
  if (object === undefined)
    return skipped(
      'The settings do not contain a store. Set the URL of a Redis or PostgreSQL with --store, REDIS_URL or DATABASE_URL.',
    )
  return object.ready().then(
    () => ok('The object of the configuration file is ready, and its store responds.'),
    (cause: unknown) => {
      const { found, change } = explainError(cause, 'Look at the other errors first.')
      return error(found, change)
    },
  )
}

const TOKEN_STORE = 'The store of sharedTokens()'

/** @returns `undefined` if the application does not share tokens, or if the check of the settings has reported it. */
async function checkTokenStore(evidence: Evidence): Promise<Finding | undefined> {
  const shared = tokenStoreOf(evidence.subject)
  if (shared === undefined) return undefined
  const isChecked = shared === evidence.subject.options.session?.store
  const kept = isChecked ? undefined : await checkObject(shared, { name: TOKEN_STORE }, evidence)
  return kept === undefined || kept.result === 'ok' ? checkLocks(shared, TOKEN_STORE) : kept
}

/** The key of the function in the result of `sharedTokens()` that checks its options. All copies of the package share it. */
const RESOLVE = Symbol.for('identity-web.token-cache')

interface SharedTokens {
  readonly [RESOLVE]?: (needs: object) => { readonly store?: AnyStore }
}

function tokenStoreOf(subject: Subject): AnyStore | undefined {
  const { kind, options, variables } = subject
  const session = kind === 'web' && {
    store: options.session?.store,
    secrets: secretsOf(subject),
  }
  const needs = { variables: variables.all, ...(session && { session }) }
  return (Object(options.tokenCache) as SharedTokens)[RESOLVE]?.(needs).store
}

async function checkRedis(given: string, evidence: Evidence): Promise<Finding | Finding[]> {
  if (!URL.canParse(given) || !/^rediss?:$/.test(new URL(given).protocol))
    return error(
      'The URL of the store does not start with redis://, rediss:// or postgres://.',
      'Set --store, for example to redis://localhost:6379 or postgres://user@localhost:5432/database.',
    )
  const url = new URL(given)
  const name = `The Redis at ${url.host}`
  try {
    const redis = await openRedis(url, evidence.choices.timeoutSeconds * 800)
    try {
      const key = `identity-web-doctor:${randomUUID()}`
      // A slow store must not delete the value before the next command.
      await redis.send('SET', key, 'value', 'PX', String(LONG_TTL))
      if ((await redis.send('GET', key)) !== 'value')
        return error(`${name} returned a value that differs from the stored value.`, CHECK_STORE)
      await redis.send('PEXPIRE', key, String(TTL))
      const finding = await isGone(name, () => redis.send('GET', key), evidence)
      if (finding.result !== 'ok') return finding
      const policy = await evictionPolicy(() => redis.send('INFO', 'memory'))
      return policy === undefined || policy === 'noeviction'
        ? ok(`${name} keeps values, and deletes them when they expire.`)
        : warning(
            `${name} has maxmemory-policy ${policy}, so it deletes sessions when its memory is full.`,
            'Set maxmemory-policy to noeviction.',
          )
    } finally {
      redis.close()
    }
  } catch (cause) {
    return error(`${name} cannot be used: ${explainError(cause, '').found}`, changeFor(cause))
  }
}

/** Returns the finding about the eviction policy of Redis. Some hosts do not allow the command INFO. */
async function evictionPolicy(
  readInfo: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const info = await readInfo().catch(() => undefined)
  return /^maxmemory_policy:(\S+)/m.exec(info ?? '')?.[1]
}

function changeFor(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : ''
  if (cause instanceof URIError || /NOAUTH|WRONGPASS|AUTH/.test(text))
    return 'Put the user name and the password into the URL, percent-encoded: redis://<user>:<password>@<host>:6379.'
  if (/READONLY/.test(text)) return 'The server is a replica. Set the URL of the primary server.'
  if (/NOPERM/.test(text))
    return 'The Redis user in the URL of the store needs permission for the commands GET, SET, DEL, EVAL, MGET and PEXPIRE.'
  return 'Start the store, and check the host, the port and rediss:// or redis:// in REDIS_URL or --store.'
}
