import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainError } from '../explain-error.js'
import { openRedis } from '../network/redis.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import { secretsOf } from '../subject/secrets.js'
import type { Subject } from '../subject/subject.js'
import type { Check } from './check.js'

/** The time in milliseconds after which the store must have deleted the value of the check. */
const TTL = 300

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

async function checkSessionStore(evidence: Evidence): Promise<Finding | readonly Finding[]> {
  const { options, object, variables } = evidence.subject
  if (options.session?.store !== undefined)
    return checkObject(options.session.store, 'session.store', evidence)
  const given = evidence.choices.store ?? variables.all['REDIS_URL']
  if (given !== undefined && given !== '') return checkRedis(given, evidence)
  if (object === undefined)
    return skipped(
      'The settings do not contain a store. Set the URL of a Redis server with --store or REDIS_URL.',
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
  const kept = isChecked ? undefined : await checkObject(shared, TOKEN_STORE, evidence)
  return kept === undefined || kept.result === 'ok' ? checkLocks(shared) : kept
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

/** The time in milliseconds after which a lock of the check expires, if the check ends before it releases the lock. */
const LOCK_TTL = 10_000

/** Checks that only one server at a time gets a lock, and can store a value with it. */
async function checkLocks(given: AnyStore): Promise<Finding> {
  if (given.lock === undefined)
    return warning(
      `${TOKEN_STORE} does not have locks, so several servers can request the same token at the same moment.`,
      'Use redisStore(client), or another store with locks. The guide docs/token-cache.md lists them.',
    )
  const key = `identity-web-doctor:${randomUUID()}`
  const acquire = async (): Promise<AnyLock | undefined> => given.lock?.(key, LOCK_TTL)
  try {
    const first = await acquire()
    if (first === undefined) return error(`${TOKEN_STORE} did not give a free lock.`, CHECK_LOCK)
    if ((await acquire()) !== undefined)
      return error(`${TOKEN_STORE} gave a lock to two owners at the same time.`, CHECK_LOCK)
    if ((await first.set(key, 'value', TTL)) === false || (await given.get(key)) !== 'value')
      return error(`${TOKEN_STORE} did not keep a value of the owner of a lock.`, CHECK_LOCK)
    await first.release()
    const second = await acquire()
    if (second === undefined) return error(`${TOKEN_STORE} did not give a free lock.`, CHECK_LOCK)
    await second.release()
    return ok(`${TOKEN_STORE} keeps values, deletes them when they expire, and has locks.`)
  } catch (cause) {
    return error(`${TOKEN_STORE} failed: ${explainError(cause, '').found}`, CHECK_STORE)
  } finally {
    await remove(given, key)
  }
}

const CHECK_LOCK =
  'Correct the method lock of your store, as the docstring of SessionStore describes it, or remove the method.'

/** The methods of every store. The methods of a `Map` do not return promises, but `await` accepts their results too. */
interface AnyStore {
  get(key: string): unknown
  set(key: string, value: string, ttlMs: number): unknown
  delete(key: string): unknown
  lock?(key: string, ttlMs: number): Promise<AnyLock | undefined>
}

interface AnyLock {
  set(key: string, value: string, ttlMs: number): unknown
  release(): unknown
}

async function checkObject(given: object, name: string, evidence: Evidence): Promise<Finding> {
  if (given instanceof Map)
    return warning(
      `${name} is a Map. It loses all values at a restart, and other servers cannot read it.`,
      'Use a store that all servers share, for example redisStore(client). The guide docs/stores.md shows how.',
    )
  const any = given as AnyStore
  const key = `identity-web-doctor:${randomUUID()}`
  try {
    if ((await any.set(key, 'value', TTL)) === false)
      return error(`${name} did not keep a value.`, CHECK_STORE)
    if ((await any.get(key)) !== 'value')
      return error(`${name} returned a value that differs from the stored value.`, CHECK_STORE)
    await any.delete(key)
    if (((await any.get(key)) ?? undefined) !== undefined)
      return error(`${name} returned a value after delete.`, CHECK_STORE)
    await any.set(key, 'value', TTL)
    return await isGone(name, async () => (await any.get(key)) ?? undefined, evidence)
  } catch (cause) {
    return error(`${name} failed: ${explainError(cause, '').found}`, CHECK_STORE)
  } finally {
    await remove(any, key)
  }
}

/** Removes the value of a check. The finding of the check already says whether the store works. */
async function remove(any: AnyStore, key: string): Promise<void> {
  await new Promise((resolve) => resolve(any.delete(key))).catch(() => undefined)
}

const CHECK_STORE =
  'Check that the client of the store is connected, and that its user is allowed to read, write and delete.'

async function checkRedis(given: string, evidence: Evidence): Promise<Finding | Finding[]> {
  if (!URL.canParse(given) || !/^rediss?:$/.test(new URL(given).protocol))
    return error(
      'The URL of the store does not start with redis:// or rediss://.',
      'Set REDIS_URL or --store, for example to redis://localhost:6379.',
    )
  const url = new URL(given)
  const name = `The Redis at ${url.host}`
  try {
    const redis = await openRedis(url, evidence.choices.timeoutSeconds * 800)
    try {
      const key = `identity-web-doctor:${randomUUID()}`
      await redis.send('SET', key, 'value', 'PX', String(TTL))
      if ((await redis.send('GET', key)) !== 'value')
        return error(`${name} returned a value that differs from the stored value.`, CHECK_STORE)
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

async function isGone(
  name: string,
  read: () => Promise<unknown>,
  { choices }: Evidence,
): Promise<Finding> {
  const deadline = Date.now() + choices.timeoutSeconds * 500
  while (Date.now() < deadline) {
    await sleep(TTL / 3)
    if ((await read()) === undefined)
      return ok(`${name} keeps values, and deletes them when they expire.`)
  }
  return error(
    `${name} kept a value longer than its ${TTL} milliseconds, so its entries do not expire.`,
    'Pass the third argument of set, the lifetime in milliseconds, to your database.',
  )
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
