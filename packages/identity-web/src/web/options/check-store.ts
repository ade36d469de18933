import type { SessionOptions } from './options.ts'

const METHODS = ['get', 'set', 'delete'] as const

/** A sentence for each fault of the stores that sessions are to be kept in. */
export function storeProblems(session: SessionOptions | undefined): string[] {
  const { store, denyList } = session ?? {}
  const problems = [...problemsOf('store', store), ...problemsOf('denyList', denyList)]
  if (store !== undefined && denyList !== undefined) {
    problems.push(
      'session.store and session.denyList are both configured. A store needs no deny-list beside it: set Auth({ session: { store } }) alone, or Auth({ session: { denyList } }) for sessions in cookies.',
    )
  }
  return problems
}

function problemsOf(option: 'store' | 'denyList', value: unknown): string[] {
  if (value === undefined) return []
  const store = (value ?? {}) as Readonly<Record<string, unknown>>
  const has = (name: string): boolean => typeof store[name] === 'function'
  if (METHODS.every(has)) {
    // It would say that a session is not there when its backend fails, and so sign its user out.
    if (store['throwOnErrors'] !== false) return []
    return [
      `session.${option} is a Keyv that keeps the errors of its backend to itself. Make it with throwOnErrors, for example new Keyv({ store, throwOnErrors: true }).`,
    ]
  }
  // Before the next: it has those methods as well.
  if (has('sendCommand')) {
    return [
      `session.${option} is a client of Redis. Wrap it, for example Auth({ session: { ${option}: redisStore(client) } }).`,
    ]
  }
  if (has('get') && has('set') && has('destroy')) {
    return [
      `session.${option} is a store of express-session. Wrap it, for example Auth({ session: { ${option}: fromExpressStore(store) } }).`,
    ]
  }
  return [
    `session.${option} must have get, set and delete. Change Auth({ session: { ${option} } }), for example to redisStore(client) of identity-web/redis, or to memoryStore() in development.`,
  ]
}
