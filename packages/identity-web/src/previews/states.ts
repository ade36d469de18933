// Wraps the `state` of a preview.
import { createEncryption, encryptionPurpose, type Encryption } from '../encryption/index.ts'
import { PREVIEW_PREFIX, type PreviewOwner, type RelayedFlow } from '../seams/previews.ts'

/** A preview's `state`, as the provider returns it to the deployment at the redirect URI. */
export interface PreviewState {
  /** The origin of the preview that started the sign-in or the sign-out. */
  readonly origin: string
  /** The preview's `state`, which only the preview can decrypt. */
  readonly state: string
  /** The Unix time in seconds after which a code or a user is not relayed anymore. */
  readonly expiresAt: number
}

/**
 * The second layer around the `state` in preview deployments.
 *
 * The inner `state` contains the PKCE verifier, and is encrypted with the preview's session secret. The outer layer
 * contains the preview's origin, and is encrypted with the secret that all deployments share. With this secret,
 * however, a deployment cannot create another deployment's sessions or redeem its codes.
 */
export interface PreviewStates {
  /** Adds the layer. */
  enclose(flow: RelayedFlow, state: PreviewState): Promise<string>
  /** Removes the layer, or returns `undefined` if the `state` was not made with the deployments' secret for this flow. */
  read(flow: RelayedFlow, state: string): Promise<PreviewState | undefined>
}

/**
 * @param secrets - The secrets. The first secret encrypts new values, but every secret can decrypt values.
 */
export function createPreviewStates(
  secrets: readonly string[],
  { authority, clientId, redirectUri }: Omit<PreviewOwner, 'site' | 'now'>,
): PreviewStates {
  const layerOf = (kind: string): Encryption =>
    createEncryption(secrets, encryptionPurpose(kind, clientId, authority.url, redirectUri))
  const layers = { 'sign-in': layerOf('preview'), 'sign-out': layerOf('preview sign-out') }

  return {
    enclose: async (flow, state) => PREVIEW_PREFIX + (await layers[flow].encrypt(state)),

    async read(flow, state) {
      if (!state.startsWith(PREVIEW_PREFIX)) return undefined
      return (await layers[flow].decrypt(state.slice(PREVIEW_PREFIX.length))) as
        | PreviewState
        | undefined
    },
  }
}
