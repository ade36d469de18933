import { createEncryption, encryptionPurpose } from '../../encryption/index.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** Distinguishes the `state` of a preview deployment from other states, without decrypting it. */
export const PREVIEW_PREFIX = 'preview.'

/** The `state` of a preview deployment, as the provider returns it to the deployment of the redirect URI. */
export interface PreviewState {
  /** The origin of the preview that started the sign-in or the sign-out. */
  readonly origin: string
  /** The `state` of the preview. Only the preview can decrypt it. */
  readonly state: string
  /** Unix time in seconds, after which a code or a user is not forwarded. */
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
  /** Whether this deployment forwards the states of others. A preview does not. */
  readonly isForwarding: boolean
  /** Adds the layer. */
  enclose(state: PreviewState): Promise<string>
  /**
   * Removes the layer in a preview.
   *
   * @param origin - The origin of this preview.
   * @returns `undefined` if the `state` belongs to another deployment.
   */
  disclose(state: string, origin: string): Promise<string | undefined>
  /** Reads the `state` of a preview. Returns `undefined` if it was not made with the secret of the deployments. */
  read(state: string): Promise<PreviewState | undefined>
}

/** The options that the states of previews need. */
export type PreviewStateOptions = Pick<
  ResolvedOptions<unknown>,
  'authority' | 'clientId' | 'flow' | 'previews'
>

/** @param kind - The state of a sign-in cannot be used for a sign-out. */
export function createPreviewStates(
  { authority, clientId, flow, previews }: PreviewStateOptions,
  kind: 'preview' | 'preview sign-out' = 'preview',
): PreviewStates {
  const redirectUri = flow.kind === 'code' ? flow.redirectUri : ''
  const encryption = createEncryption(
    previews.secrets,
    encryptionPurpose(kind, clientId, authority.url, redirectUri),
  )

  async function read(state: string): Promise<PreviewState | undefined> {
    if (!state.startsWith(PREVIEW_PREFIX)) return undefined
    return (await encryption.decrypt(state.slice(PREVIEW_PREFIX.length))) as
      | PreviewState
      | undefined
  }

  return {
    isForwarding: previews.ownOrigin === undefined,

    enclose: async (state) => PREVIEW_PREFIX + (await encryption.encrypt(state)),

    async disclose(state, origin) {
      const opened = await read(state)
      return opened?.origin === origin ? opened.state : undefined
    },

    read,
  }
}
