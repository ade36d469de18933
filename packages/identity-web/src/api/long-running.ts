import { verifyIdToken } from '../authority/index.ts'
import { random } from '../base64.ts'
import {
  createUserTokens,
  scopesToCall,
  signInScopes,
  toAccessToken,
  type OAuthClient,
  type UserAssertion,
  type UserAssertions,
  type UserTokens,
} from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { createEncryption, sha256 } from '../encryption/index.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { ResolvedApiOptions } from './options/resolve-options.ts'

/** Processes that go on for a user whose own token is gone. */
export interface LongRunning {
  start(assertion: UserAssertion, scopes: string | readonly string[]): Promise<string>
  getToken(key: string, scopes: string | readonly string[]): Promise<AccessToken>
  stop(key: string): Promise<void>
}

/** What is kept of a process, sealed. */
interface Process {
  readonly user: { readonly iss: string; readonly sub: string; readonly oid?: unknown }
  readonly tenant: string | undefined
  readonly tokens: SessionTokens
}

/** A refresh token that nobody uses is good for 90 days at Entra ID. */
const TTL = 90 * 24 * 3600 * 1000

/**
 * A process is named by a random key, which the application keeps; the store has it under the key's hash, sealed for
 * that very place, so that neither a look into the store nor an exchange of two entries gives anybody a user's tokens.
 */
export function createLongRunning(
  options: ResolvedApiOptions,
  client: OAuthClient,
  assertions: UserAssertions,
): LongRunning {
  const { longRunning } = options
  const prefixed = client.traits.prefixedScopes
  const userTokens = new WeakMap<OAuthClient, UserTokens>()
  const queues = new Map<string, Promise<unknown>>()

  function tokensAt(tenant: string | undefined): UserTokens {
    const at = assertions.clientOf(tenant)
    let tokens = userTokens.get(at)
    if (tokens === undefined) userTokens.set(at, (tokens = createUserTokens(at)))
    return tokens
  }

  /** One at a time for a process: what a refresh brings is stored before the next one reads, and before it is stopped. */
  async function inTurn<T>(id: string, task: () => Promise<T>): Promise<T> {
    const turn = (queues.get(id) ?? Promise.resolve()).catch(() => undefined).then(task)
    queues.set(id, turn)
    try {
      return await turn
    } finally {
      if (queues.get(id) === turn) queues.delete(id)
    }
  }

  function place(id: string): {
    read(): Promise<Process | undefined>
    write(process: Process): Promise<void>
    delete(): Promise<void>
  } {
    if (longRunning === undefined) throw missingStore()
    const { store, secrets } = longRunning
    const encryption = createEncryption(secrets, `long-running process ${options.clientId} ${id}`)
    const name = `identity:obo:${id}`
    return {
      async read() {
        const stored = await store.get(name)
        return typeof stored === 'string'
          ? ((await encryption.decrypt(stored)) as Process)
          : undefined
      },
      async write(process) {
        await store.set(name, await encryption.encrypt(process), TTL)
      },
      async delete() {
        await store.delete(name)
      },
    }
  }

  return {
    async start(assertion, scopes) {
      const key = random(32)
      const at = place(await sha256(key))
      const wanted = scopesToCall(scopes, prefixed)
      const asked = await signInScopes(client, wanted.scopes)
      const response = await assertions.request(assertion, { scopes: asked })
      const { refreshToken, idToken } = response
      if (refreshToken === undefined || idToken === undefined) {
        throw new IdentityError(
          'provider_error',
          'The provider gave no refresh token for a long-running process. The registration of the API must allow offline_access.',
        )
      }
      const { iss, sub, oid } = await verifyIdToken(
        assertions.clientOf(assertion.tenant).issuing,
        idToken,
        { clientId: options.clientId, accessToken: response.accessToken },
      )
      const { user } = assertion
      if (user.oid === undefined ? sub !== user.sub : oid !== user.oid) {
        throw new IdentityError('invalid_response', 'The provider gave tokens of another user.')
      }
      const access = [toAccessToken(client, response, wanted)]
      await at.write({
        user: { iss, sub, ...(oid !== undefined && { oid }) },
        tenant: assertion.tenant,
        tokens: { revision: 0, refreshToken, access },
      })
      return key
    },

    async getToken(key, scopes) {
      const id = await sha256(key)
      const at = place(id)
      const wanted = scopesToCall(scopes, prefixed)
      return inTurn(id, async () => {
        const process = await at.read()
        if (process === undefined) throw unknownProcess()
        const { tenant, user, tokens } = process
        const { token, ...state } = await tokensAt(tenant).acquire({ id, user, tokens }, wanted)
        if (state.tokens.revision === tokens.revision) return token
        // What another server stopped meanwhile must not come back.
        if ((await at.read()) === undefined) throw unknownProcess()
        await at.write({ ...process, tokens: state.tokens })
        return token
      })
    },

    async stop(key) {
      const id = await sha256(key)
      await inTurn(id, () => place(id).delete())
    },
  }
}

function missingStore(): IdentityError {
  return new IdentityError(
    'configuration',
    'long_running is not configured. Set ApiAuth({ longRunning: { store, secret } }), for example longRunning: { store: new Map() } in development.',
  )
}

function unknownProcess(): IdentityError {
  return new IdentityError(
    'interaction_required',
    'There is no long-running process of this key: it was stopped, or its tokens expired. Its user has to start it again.',
  )
}
