import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainError } from '../explain-error.js'
import { openRedis } from '../network/redis.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

/** The time in milliseconds after which the store must have deleted the value of the check. */
const TTL = 300

/** Checks that the store of the sessions keeps values, returns them, and deletes them when they expire. */
export const store: Check = {
  name: 'store',
  looksAt: 'whether the session store connects, keeps a value, returns it and lets it expire',
  async run(evidence) {
    const { options, object, variables } = evidence.subject
    if (options.session?.store !== undefined) return checkObject(options.session.store, evidence)
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
  },
}

/** The methods of every store. The methods of a `Map` do not return promises, but `await` accepts their results too. */
interface AnyStore {
  get(key: string): unknown
  set(key: string, value: string, ttlMs: number): unknown
  delete(key: string): unknown
}

async function checkObject(given: object, evidence: Evidence): Promise<Finding> {
  if (given instanceof Map)
    return warning(
      'session.store is a Map. It loses all sessions at a restart, and other servers cannot read it.',
      'Use a store that all servers share, for example redisStore(client). The guide docs/stores.md shows how.',
    )
  const any = given as AnyStore
  const key = `identity-web-doctor:${randomUUID()}`
  try {
    if ((await any.set(key, 'value', TTL)) === false)
      return error('The store did not keep a value.', CHECK_STORE)
    const value = await any.get(key)
    if (value !== 'value')
      return error('The store returned a value that differs from the stored value.', CHECK_STORE)
    return await isGone(async () => (await any.get(key)) ?? undefined, evidence)
  } catch (cause) {
    return error(`The store failed: ${explainError(cause, '').found}`, CHECK_STORE)
  } finally {
    await Promise.resolve(any.delete(key)).catch(() => undefined)
  }
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
      const finding = await isGone(() => redis.send('GET', key), evidence)
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

async function isGone(read: () => Promise<unknown>, { choices }: Evidence): Promise<Finding> {
  const deadline = Date.now() + choices.timeoutSeconds * 500
  while (Date.now() < deadline) {
    await sleep(TTL / 3)
    if ((await read()) === undefined)
      return ok('The store keeps values, and deletes them when they expire.')
  }
  return error(
    `The store kept a value longer than its ${TTL} milliseconds, so sessions do not end.`,
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
