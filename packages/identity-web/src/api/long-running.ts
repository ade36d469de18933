// Long-running processes, which act for a user after the token expired.
import { getOrCreate } from '../caches.ts'
import { verifyIdToken } from '../authority/index.ts'
import { random, sha256 } from '../base64.ts'
import {
  createUserTokens,
  signInScopes,
  type ClaimsChallenge,
  toAccessToken,
  type OAuthClient,
  type ResourceScopes,
  type UserAssertion,
  type UserAssertions,
  type UserTokens,
} from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { createEncryption, encryptionPurpose } from '../encryption/index.ts'
import { failureOf, type EventEmitter } from '../event-emitter.ts'
import { createReliableStore } from '../reliable-store.ts'
import { storeFailure } from '../store-failure.ts'
import { STORE_TIMEOUT_SECONDS, type TokenStore } from '../store.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'

/** Long-running processes: jobs that act for a user after the user's own token has expired. */
export interface LongRunning {
  start(assertion: UserAssertion, requested: ResourceScopes): Promise<string>
  getToken(
    key: string,
    requested: ResourceScopes,
    challenge?: ClaimsChallenge,
  ): Promise<AccessToken>
  /** Returns the tenant of a process's user. */
  tenantOf(key: string): Promise<string | undefined>
  stop(key: string): Promise<void>
}

/** The store that contains the processes, and the secrets that encrypt the processes. */
export interface ProcessSettings {
  /** A store that throws a Keyv's errors. */
  readonly store: TokenStore
  readonly secrets: readonly string[]
  readonly events: EventEmitter
  /** The name of the class that the developer has used, for messages. */
  readonly owner: string
}

/** An API's processes. All its issuers share the store and its circuit breaker. */
export interface Processes {
  of(issuer: ProcessIssuer): LongRunning
  /** Reads from the store. @throws IdentityError `store_unavailable` */
  checkStore(): Promise<void>
  /** Reports a store failure that does not concern a call. */
  reportFailure(cause: unknown): void
}

/** One of the API's issuers, with the users that start processes. */
export interface ProcessIssuer {
  readonly client: OAuthClient
  /** The issuer's name, with which its processes' keys start. */
  readonly name: string | undefined
  readonly userAssertions: UserAssertions
}

/** A process's data, as the store contains it in encrypted form. */
interface Process {
  readonly user: { readonly iss: string; readonly sub: string; readonly oid?: unknown }
  readonly tenant: string | undefined
  readonly tokens: SessionTokens
}

/** One process's entry in the store. */
interface ProcessEntry {
  read(): Promise<Process | undefined>
  write(process: Process): Promise<void>
  delete(): Promise<void>
  /** Runs the process's tasks one after the other. */
  inTurn<T>(task: () => Promise<T>): Promise<T>
}

/** An entry's lifetime in seconds. At Entra ID, a refresh token expires if it is not used for 90 days. */
const TTL_SECONDS = 90 * 24 * 3600
/** The maximum time in milliseconds that a task delays the next one. */
const MAX_TURN_MS = 60_000

/** Creates an API's long-running processes, whose store gets a time limit and a circuit breaker. */
export function createProcesses({
  store: given,
  secrets,
  events,
  owner,
}: ProcessSettings): Processes {
  const words = {
    name: 'store of long-running processes',
    hint: `Check that the store of ${owner}({ longRunning: { store } }) is running and that this server can reach it. If the store is a Keyv, use version 5, and create it with throwOnErrors: true.`,
  }
  const hint = `Set ${owner}({ longRunning: { secret } }) or IDENTITY_SESSION_SECRET to the secret with which the process was started, and clientId to the same client. To replace a secret, set a list: first the new secret, then the old one.`
  const onFailure = (error: IdentityError): void =>
    events.emit('store.unavailable', { level: 'error', ...failureOf(error) })
  const inTurn = createQueues()
  // A call that is too late also ends before the next one, because it could otherwise bring back a process that was
  // stopped, or a refresh token that was used.
  const inOrder: TokenStore = {
    get: (key) => inTurn(key, () => given.get(key)),
    set: (key, ...value) => inTurn(key, () => given.set(key, ...value)),
    delete: (key) => inTurn(key, () => given.delete(key)),
  }
  const store = createReliableStore(inOrder, {
    words,
    events,
    timeoutSeconds: STORE_TIMEOUT_SECONDS,
    onFailure,
  })
  const issuers = new Map<OAuthClient, LongRunning>()

  function entryOf({ clientId }: OAuthClient, id: string): ProcessEntry {
    const purpose = encryptionPurpose('long-running process', clientId, id)
    const encryption = createEncryption(secrets, purpose)
    const storeKey = `identity:obo:${id}`
    return {
      async read() {
        const [stored] = await store.getMany([storeKey])
        if (stored === undefined) return undefined
        const process = (await encryption.decrypt(stored)) as Process | undefined
        if (process !== undefined) return process
        const error = new IdentityError(
          'process_unreadable',
          'A long-running process cannot be decrypted, so its job cannot continue.',
          { hint },
        )
        events.emit('process.unreadable', { level: 'error', ...failureOf(error) })
        throw error
      },
      async write(process) {
        await store.set(storeKey, await encryption.encrypt(process), TTL_SECONDS)
      },
      async delete() {
        await store.delete(storeKey)
      },
      inTurn: (task) => inTurn(id, task),
    }
  }

  return {
    of: (issuer) =>
      getOrCreate(issuers, issuer.client, () =>
        createLongRunning(issuer, (id) => entryOf(issuer.client, id)),
      ),
    async checkStore() {
      await store.getMany(['ready'])
    },
    reportFailure: (cause) => onFailure(storeFailure(words, cause)),
  }
}

/**
 * Creates the long-running processes for one issuer's users.
 *
 * Each process has a random key, which only the application stores. The store key contains a hash of it, and the entry
 * is encrypted for that store key. An attacker who can read the store, or exchange two of its entries, therefore cannot
 * get a user's tokens.
 *
 * @param entryOf - Returns a process's entry by the hash of its key.
 */
function createLongRunning(
  { client, name, userAssertions }: ProcessIssuer,
  entryOf: (id: string) => ProcessEntry,
): LongRunning {
  const userTokens = new WeakMap<OAuthClient, UserTokens>()

  function userTokensOf(tenant: string | undefined): UserTokens {
    const tenantClient = userAssertions.clientOf(tenant)
    return getOrCreate(userTokens, tenantClient, () => createUserTokens(tenantClient))
  }

  /** If the names in the option `issuers` change, another provider must not get the refresh token. */
  const isOfIssuer = ({ tenant, user }: Process): boolean =>
    userAssertions.clientOf(tenant).issuing.authority.acceptsIssuer(user.iss)

  async function readProcess(entry: ProcessEntry): Promise<Process> {
    const process = await entry.read()
    if (process !== undefined && isOfIssuer(process)) return process
    throw unknownProcess()
  }

  return {
    async start(assertion, requested) {
      const key = name === undefined ? random(32) : `${name}.${random(32)}`
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
      const { clientId } = client
      const { iss, sub, oid } = await verifyIdToken(issuing, idToken, { clientId, accessToken })
      const { user } = assertion
      if (user.oid === undefined ? sub !== user.sub : oid !== user.oid) {
        throw new IdentityError(
          'invalid_response',
          'The provider issued tokens for another user than the user who started the long-running process.',
        )
      }
      const access = [toAccessToken(client, response, requested)]
      await entryOf(await sha256(key)).write({
        user: { iss, sub, ...(oid !== undefined && { oid }) },
        tenant: assertion.tenant,
        tokens: { revision: 0, refreshToken, access },
      })
      return key
    },

    async getToken(key, requested, challenge) {
      const id = await sha256(key)
      const entry = entryOf(id)
      // The refresh is stored before the next task reads the process or deletes it.
      return entry.inTurn(async () => {
        const process = await readProcess(entry)
        const { tenant, user, tokens } = process
        const { token, ...state } = await userTokensOf(tenant).getAccessToken(
          { id, user, tokens },
          requested,
          challenge,
        )
        if (state.tokens.revision === tokens.revision) return token
        // Another server may have stopped the process meanwhile, and writing would bring it back.
        if ((await entry.read()) === undefined) throw unknownProcess()
        await entry.write({ ...process, tokens: state.tokens })
        return token
      })
    },

    tenantOf: async (key) => (await readProcess(entryOf(await sha256(key)))).tenant,

    async stop(key) {
      const entry = entryOf(await sha256(key))
      await entry.inTurn(() => entry.delete())
    },
  }
}

/** Returns a function that runs a key's tasks one after the other. */
function createQueues() {
  const queues = new Map<string, Promise<unknown>>()
  return async <T>(key: string, task: () => T): Promise<Awaited<T>> => {
    const start = queues.get(key) ?? Promise.resolve()
    const turn = start.then(task)
    let timer: ReturnType<typeof setTimeout> | undefined
    // The time starts with the turn, because the calls that waited together would otherwise all start together.
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

function unknownProcess(): IdentityError {
  return new IdentityError(
    'interaction_required',
    'The long-running process does not exist. It was stopped, or its tokens expired. The user must start it again.',
  )
}
