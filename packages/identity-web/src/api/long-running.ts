import { getOrCreate } from '../caches.ts'
import { verifyIdToken } from '../authority/index.ts'
import { random } from '../base64.ts'
import {
  createUserTokens,
  scopesToCall,
  signInScopes,
  type ClaimsChallenge,
  toAccessToken,
  type OAuthClient,
  type ResourceScopes,
  type TokenSource,
  type UserAssertion,
  type UserAssertions,
  type UserTokens,
} from '../client/index.ts'
import { toCarried } from '../carried-errors.ts'
import { configurationError, IdentityError } from '../errors.ts'
import { createEncryption, encryptionPurpose, sha256 } from '../encryption/index.ts'
import { failureOf, type EventEmitter } from '../event-emitter.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import { createReliableStore, type ReliableStore } from '../reliable-store.ts'
import { storeFailure } from '../store-failure.ts'
import { STORE_TIMEOUT_SECONDS, type TokenStore, withKeyvErrors } from '../store.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import { atIssuer } from './token/rules.ts'

/** Long-running processes: jobs that act for a user after the user's own token expired. */
export interface LongRunning {
  start(assertion: UserAssertion, scopes: string | readonly string[]): Promise<string>
  getToken(key: string, scopes: string | readonly string[]): Promise<AccessToken>
  /** Returns the tokens of a process, for the SDKs that a job uses. */
  tokenSource(key: string): TokenSource
  stop(key: string): Promise<void>
  /** Reads from the store, if there is one. @throws IdentityError `store_unavailable` */
  checkStore(): Promise<void>
}

/** The store that contains the processes, and the secrets that encrypt the processes. */
export interface ProcessStorage {
  readonly store: ReliableStore
  readonly secrets: readonly string[]
}

/** The data of a process, as the store contains it in encrypted form. */
interface Process {
  readonly user: { readonly iss: string; readonly sub: string; readonly oid?: unknown }
  readonly tenant: string | undefined
  readonly tokens: SessionTokens
}

/** The entry of one process in the store. */
interface ProcessEntry {
  read(): Promise<Process | undefined>
  write(process: Process): Promise<void>
  delete(): Promise<void>
}

/** The API that the processes belong to. */
interface ProcessOwner {
  readonly client: OAuthClient
  /** The name of the issuer, with which the keys of its processes start. */
  readonly name: string | undefined
  /** The name of the class that the developer has used, for messages. */
  readonly owner: string
}

/** The lifetime of an entry in seconds. At Entra ID, a refresh token expires if it is not used for 90 days. */
const TTL_SECONDS = 90 * 24 * 3600
/** The maximum time in milliseconds that a task delays the next one. */
const MAX_TURN_MS = 60_000

/**
 * Creates the long-running processes of the users of one issuer.
 *
 * Each process has a random key, which only the application stores. The store key contains a hash of it, and the entry
 * is encrypted for that store key. An attacker who can read the store, or exchange two of its entries, cannot get the
 * tokens of a user.
 *
 * @param storage - The storage. `undefined` if the option `longRunning` is not set, so that every call throws.
 */
export function createLongRunning(
  storage: ProcessStorage | undefined,
  { client, name, owner }: ProcessOwner,
  userAssertions: UserAssertions,
): LongRunning {
  const { clientId } = client
  const prefixed = client.traits.prefixedScopes
  const userTokens = new WeakMap<OAuthClient, UserTokens>()
  // Each refresh is stored before the next task reads the process or deletes it.
  const inTurn = createQueues()

  function userTokensOf(tenant: string | undefined): UserTokens {
    const tenantClient = userAssertions.clientOf(tenant)
    return getOrCreate(userTokens, tenantClient, () => createUserTokens(tenantClient))
  }

  /** If the names in the option `issuers` change, another provider must not get the refresh token. */
  const isOfIssuer = ({ tenant, user }: Process): boolean =>
    userAssertions.clientOf(tenant).issuing.authority.acceptsIssuer(user.iss)

  /** Calls the store. @throws IdentityError `store_unavailable` */
  async function call<T>(method: () => MaybePromise<T>): Promise<T> {
    try {
      return await method()
    } catch (error) {
      throw storeFailed(owner, error)
    }
  }

  function entryOf(id: string): ProcessEntry {
    if (storage === undefined) throw missingStore(owner)
    const { store, secrets } = storage
    const encryption = createEncryption(
      secrets,
      encryptionPurpose('long-running process', clientId, id),
    )
    const storeKey = `identity:obo:${id}`
    return {
      async read() {
        const [stored] = await call(() => store.getMany([storeKey]))
        return stored === undefined ? undefined : ((await encryption.decrypt(stored)) as Process)
      },
      async write(process) {
        const encrypted = await encryption.encrypt(process)
        await call(() => store.set(storeKey, encrypted, TTL_SECONDS))
      },
      async delete() {
        await call(() => store.delete(storeKey))
      },
    }
  }

  async function readProcess(entry: ProcessEntry): Promise<Process> {
    const process = await entry.read()
    if (process !== undefined && isOfIssuer(process)) return process
    throw unknownProcess()
  }

  async function getToken(
    key: string,
    requested: ResourceScopes,
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken> {
    const id = await sha256(key)
    const entry = entryOf(id)
    return inTurn(id, async () => {
      const process = await readProcess(entry)
      const { tenant, user, tokens } = process
      const { token, ...state } = await userTokensOf(tenant).getAccessToken(
        { id, user, tokens },
        requested,
        challenge,
      )
      if (state.tokens.revision === tokens.revision) return token
      // Another server may have stopped the process meanwhile. Writing would bring it back.
      if ((await entry.read()) === undefined) throw unknownProcess()
      await entry.write({ ...process, tokens: state.tokens })
      return token
    })
  }

  return {
    async start(assertion, scopes) {
      const key = name === undefined ? random(32) : `${name}.${random(32)}`
      const entry = entryOf(await sha256(key))
      const requested = scopesToCall(scopes, prefixed)
      const response = await userAssertions.request(assertion, {
        scopes: await signInScopes(client, requested.scopes),
      })
      const { accessToken, refreshToken, idToken } = response
      if (refreshToken === undefined || idToken === undefined) {
        throw new IdentityError(
          'provider_error',
          'The provider did not issue a refresh token for the long-running process. Allow offline_access in the app registration of the API.',
        )
      }
      const { issuing } = userAssertions.clientOf(assertion.tenant)
      const { iss, sub, oid } = await verifyIdToken(issuing, idToken, { clientId, accessToken })
      const { user } = assertion
      if (user.oid === undefined ? sub !== user.sub : oid !== user.oid) {
        throw new IdentityError(
          'invalid_response',
          'The provider issued tokens for another user than the user who started the long-running process.',
        )
      }
      const access = [toAccessToken(client, response, requested)]
      await entry.write({
        user: { iss, sub, ...(oid !== undefined && { oid }) },
        tenant: assertion.tenant,
        tokens: { revision: 0, refreshToken, access },
      })
      return key
    },

    getToken: async (key, scopes) => getToken(key, scopesToCall(scopes, prefixed)),

    tokenSource(key) {
      // `toResponse` sends the user to the provider of the process.
      const inProcess = async <T>(task: () => Promise<T>): Promise<T> =>
        atIssuer(name, async () => {
          try {
            return await task()
          } catch (error) {
            throw IdentityError.is(error) ? toCarried(error, key) : error
          }
        })
      return {
        kind: 'process',
        client,
        tenant: async () =>
          inProcess(async () => (await readProcess(entryOf(await sha256(key)))).tenant),
        getToken: async (...request) => inProcess(async () => getToken(key, ...request)),
      }
    },

    async checkStore() {
      await call(() => storage?.store.getMany(['ready']))
    },

    async stop(key) {
      const id = await sha256(key)
      await inTurn(id, () => entryOf(id).delete())
    },
  }
}

/** Adds a time limit and a circuit breaker to the store of an API. */
export function createProcessStore(
  given: TokenStore,
  { events, owner }: { readonly events: EventEmitter; readonly owner: string },
): ReliableStore {
  const onFailure = (error: unknown): void =>
    events.emit('store.unavailable', { level: 'error', ...failureOf(storeFailed(owner, error)) })
  const store = withKeyvErrors(given, (cause) => onFailure(storeFailure(cause)))
  // A call that is too late also ends before the next one. It could otherwise bring back a process that was stopped, or a
  // refresh token that was used.
  const inTurn = createQueues()
  const inOrder: TokenStore = {
    get: (key) => inTurn(key, () => store.get(key)),
    set: (key, ...value) => inTurn(key, () => store.set(key, ...value)),
    delete: (key) => inTurn(key, () => store.delete(key)),
  }
  return createReliableStore(inOrder, {
    timeoutSeconds: STORE_TIMEOUT_SECONDS,
    onFailure,
    onChange({ isDown }) {
      if (!isDown) events.emit('store.available', { level: 'info', message: RESPONDS })
    },
  })
}

const RESPONDS = 'The store of long-running processes responds again.'

/** Returns a function that runs the tasks of a key one after the other. */
function createQueues() {
  const queues = new Map<string, Promise<unknown>>()
  return async <T>(key: string, task: () => T): Promise<Awaited<T>> => {
    const start = queues.get(key) ?? Promise.resolve()
    const turn = start.then(task)
    let timer: ReturnType<typeof setTimeout> | undefined
    // The time starts with the turn. Otherwise, the calls that waited together would all start together.
    const limit = start.then(
      () => new Promise((resolve) => (timer = setTimeout(resolve, MAX_TURN_MS))),
    )
    const end = Promise.race([turn, limit])
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer)
        if (queues.get(key) === end) queues.delete(key)
      })
    queues.set(key, end)
    return await turn
  }
}

/** @param failure - The error of the reliable store, which names the session store. */
function storeFailed(owner: string, failure: unknown): IdentityError {
  const { message, cause, reason, retryAfterSeconds } = failure as IdentityError
  return new IdentityError(
    'store_unavailable',
    message.replace('session store', 'store of long-running processes'),
    {
      cause,
      reason,
      retryAfterSeconds,
      hint: `Check that the store of ${owner}({ longRunning: { store } }) is running and that this server can reach it. If the store is a Keyv, use version 5, and create it with throwOnErrors: true.`,
    },
  )
}

function missingStore(owner: string): IdentityError {
  return configurationError(
    `longRunning is not configured. Set ${owner}({ longRunning: { store, secret } }), for example longRunning: { store: new Map() } in development.`,
  )
}

function unknownProcess(): IdentityError {
  return new IdentityError(
    'interaction_required',
    'The long-running process does not exist. It was stopped, or its tokens expired. The user must start it again.',
  )
}
