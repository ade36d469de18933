import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { explainError } from '../explain-error.js'
import { error, ok, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'

/** The time in milliseconds after which the store must have deleted the value of the check. */
export const TTL = 300

/** The time in milliseconds after which a value or a lock expires, if the check ends before it removes it. */
export const LONG_TTL = 10_000

/** Checks that only one server at a time gets a lock, and can store a value with it. */
export async function checkLocks(given: AnyStore, name: string): Promise<Finding> {
  if (given.lock === undefined)
    return warning(
      `${name} does not have locks, so several servers can request the same token at the same moment.`,
      'Use redisStore(client) or postgresStore(pool), or another store with locks. The guide docs/token-cache.md lists them.',
    )
  const key = `identity-web-doctor:${randomUUID()}`
  const acquire = async (): Promise<AnyLock | undefined> => given.lock?.(key, LONG_TTL)
  try {
    const first = await acquire()
    if (first === undefined) return error(`${name} did not give a free lock.`, CHECK_LOCK)
    if ((await acquire()) !== undefined)
      return error(`${name} gave a lock to two owners at the same time.`, CHECK_LOCK)
    if ((await first.set(key, 'value', LONG_TTL)) === false || (await given.get(key)) !== 'value')
      return error(`${name} did not keep a value of the owner of a lock.`, CHECK_LOCK)
    await first.release()
    const second = await acquire()
    if (second === undefined) return error(`${name} did not give a free lock.`, CHECK_LOCK)
    await second.release()
    return ok(`${name} keeps values, deletes them when they expire, and has locks.`)
  } catch (cause) {
    return error(`${name} failed: ${explainError(cause, '').found}`, CHECK_STORE)
  } finally {
    await remove(given, key)
  }
}

const CHECK_LOCK =
  'Correct the method lock of your store, as the docstring of SessionStore describes it, or remove the method.'

/** The methods of every store. The methods of a `Map` do not return promises, but `await` accepts their results too. */
export interface AnyStore {
  get(key: string): unknown
  set(key: string, value: string, ttlMs: number): unknown
  delete(key: string): unknown
  lock?(key: string, ttlMs: number): Promise<AnyLock | undefined>
}

interface AnyLock {
  set(key: string, value: string, ttlMs: number): unknown
  release(): unknown
}

export async function checkObject(
  given: object,
  { name, changeFor }: { readonly name: string; readonly changeFor?: (cause: unknown) => string },
  evidence: Evidence,
): Promise<Finding> {
  if (given instanceof Map)
    return warning(
      `${name} is a Map. It loses all values at a restart, and other servers cannot read it.`,
      'Use a store that all servers share, for example redisStore(client) or postgresStore(pool). The guide docs/stores.md shows how.',
    )
  const any = given as AnyStore
  const key = `identity-web-doctor:${randomUUID()}`
  try {
    // A slow store must not delete the value before the next call.
    if ((await any.set(key, 'value', LONG_TTL)) === false)
      return error(`${name} did not keep a value.`, CHECK_STORE)
    if ((await any.get(key)) !== 'value')
      return error(`${name} returned a value that differs from the stored value.`, CHECK_STORE)
    await any.delete(key)
    if (((await any.get(key)) ?? undefined) !== undefined)
      return error(`${name} returned a value after delete.`, CHECK_STORE)
    await any.set(key, 'value', TTL)
    return await isGone(name, async () => (await any.get(key)) ?? undefined, evidence)
  } catch (cause) {
    return error(
      `${name} failed: ${explainError(cause, '').found}`,
      changeFor?.(cause) ?? CHECK_STORE,
    )
  } finally {
    await remove(any, key)
  }
}

/** Removes the value of a check. The finding of the check already says whether the store works. */
async function remove(any: AnyStore, key: string): Promise<void> {
  await new Promise((resolve) => resolve(any.delete(key))).catch(() => undefined)
}

export const CHECK_STORE =
  'Check that the client of the store is connected, and that its user is allowed to read, write and delete.'

/** Waits until a store has deleted the value of a check. */
export async function isGone(
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
