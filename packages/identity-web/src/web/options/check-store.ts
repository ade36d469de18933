import type { FailedCheck } from '../../settings/problems.ts'
import { keyvErrorsOf } from '../../store.ts'
import type { SessionOptions } from './session-options.ts'

const METHODS = ['get', 'set', 'delete'] as const

/** Returns the failed checks of the stores of sessions. */
export function storeProblems(session: SessionOptions | undefined): FailedCheck[] {
  const { store, denyList } = session ?? {}
  const problems = [...failedCheckOf('store', store), ...failedCheckOf('denyList', denyList)]
  if (store !== undefined && denyList !== undefined) {
    problems.push({
      option: 'session.denyList',
      message:
        'session.store and session.denyList are both configured. Set only one of them: Auth({ session: { store } }), or Auth({ session: { denyList } }) for sessions in cookies.',
    })
  }
  return problems
}

function failedCheckOf(name: 'store' | 'denyList', value: unknown): FailedCheck[] {
  return problemsOf(name, value).map((message) => ({ option: `session.${name}`, message }))
}

function problemsOf(option: 'store' | 'denyList', value: unknown): string[] {
  if (value === undefined) return []
  const store = (value ?? {}) as Readonly<Record<string, unknown>>
  const has = (name: string): boolean => typeof store[name] === 'function'
  if (METHODS.every(has)) {
    // When its backend fails, it would report that a session does not exist, and that a session was not revoked.
    if (keyvErrorsOf(store) !== 'hidden') return []
    return [
      `session.${option} is a Keyv that hides the errors of its backend. Use keyv 5.4 or later, and create it with throwOnErrors, for example new Keyv({ store, throwOnErrors: true }).`,
    ]
  }
  // Checked first, because a Redis client has the methods of the next check as well.
  if (has('sendCommand')) {
    return [
      `session.${option} is a Redis client. Wrap it, for example Auth({ session: { ${option}: redisStore(client) } }).`,
    ]
  }
  if (has('idFromName')) {
    return [
      `session.${option} is a Durable Object namespace. Wrap it, for example Auth({ session: { ${option}: durableObjectStore(env.SESSIONS) } }) with durableObjectStore of identity-web/durable-object.`,
    ]
  }
  // Its data centers cache values for a minute or more, also the value that a key is not stored.
  if (has('getWithMetadata') && has('put')) {
    return [
      `session.${option} is a Workers KV namespace, which does not work for sessions: a read can return an old value for a minute or more. A user who signed out would stay signed in, and a session that has just started would not be found. Use Auth({ session: { ${option}: durableObjectStore(env.SESSIONS) } }) with durableObjectStore of identity-web/durable-object, or remove ${option} to keep sessions in cookies.`,
    ]
  }
  if (has('get') && has('set') && has('destroy')) {
    return [
      `session.${option} is an express-session store. Wrap it, for example Auth({ session: { ${option}: fromExpressStore(store) } }).`,
    ]
  }
  return [
    `session.${option} must have get, set and delete. Change Auth({ session: { ${option} } }), for example to redisStore(client) of identity-web/redis, or to memoryStore() in development.`,
  ]
}
