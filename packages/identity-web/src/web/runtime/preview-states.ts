import { createEncryption, encryptionPurpose } from '../../encryption/index.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** Distinguishes the `state` of a preview deployment from other states, without decrypting it. */
const PREFIX = 'preview.'

/** The `state` of a preview deployment, as the provider returns it to the deployment of the redirect URI. */
export interface PreviewState {
  /** The origin of the preview that started the sign-in. */
  readonly origin: string
  /** The `state` of the preview. Only the preview can decrypt it. */
  readonly state: string
  /** Unix time in seconds, after which a code is not forwarded. */
  readonly expiresAt: number
}

/**
 * The second layer of the `state` in preview deployments.
 *
 * The inner `state` contains the PKCE verifier, and the session secret of the preview encrypts it. The outer layer names
 * the preview, and the secret that all deployments share encrypts it. With this secret, a deployment cannot create
 * sessions of another one, and it cannot redeem its codes.
 */
export interface PreviewStates {
  /** Adds the layer in a preview. Other deployments return the `state` unchanged. */
  enclose(state: string, expiresAt: number): MaybePromise<string>
  /**
   * Removes the layer in a preview. Other deployments return the `state` unchanged.
   *
   * @returns `undefined` if the `state` belongs to another deployment.
   */
  disclose(state: string): MaybePromise<string | undefined>
  /** Whether another deployment must handle the `state`. */
  isForwarded(state: string): boolean
  /** Reads the `state` of a preview. Returns `undefined` if it was not made with the secret of the deployments. */
  read(state: string): Promise<PreviewState | undefined>
}

/** The options that the states of previews need. */
export type PreviewStateOptions = Pick<
  ResolvedOptions<unknown>,
  'authority' | 'clientId' | 'flow' | 'previews'
>

export function createPreviewStates(options: PreviewStateOptions): PreviewStates {
  const { authority, clientId, flow, previews } = options
  const { ownOrigin } = previews
  const redirectUri = flow.kind === 'code' ? flow.redirectUri : ''
  const encryption = createEncryption(
    previews.secrets,
    encryptionPurpose('preview', clientId, authority.url, redirectUri),
  )

  async function read(state: string): Promise<PreviewState | undefined> {
    if (!state.startsWith(PREFIX)) return undefined
    return (await encryption.decrypt(state.slice(PREFIX.length))) as PreviewState | undefined
  }

  async function enclose(origin: string, state: string, expiresAt: number): Promise<string> {
    const enclosed: PreviewState = { origin, state, expiresAt }
    return PREFIX + (await encryption.encrypt(enclosed))
  }

  return {
    enclose: (state, expiresAt) =>
      ownOrigin === undefined ? state : enclose(ownOrigin, state, expiresAt),

    disclose(state) {
      if (ownOrigin === undefined) return state
      return read(state).then((opened) => (opened?.origin === ownOrigin ? opened.state : undefined))
    },

    isForwarded: (state) => ownOrigin === undefined && state.startsWith(PREFIX),

    read,
  }
}
