import { createEncryption, encryptionPurpose, type Encryption } from '../encryption/index.ts'
import { PREVIEW_PREFIX, type PreviewOwner, type RelayedFlow } from '../flows/previews.ts'

/** The `state` of a preview, as the provider returns it to the deployment of the redirect URI. */
export interface PreviewState {
  /** The origin of the preview that started the sign-in or the sign-out. */
  readonly origin: string
  /** The `state` of the preview. Only the preview can decrypt it. */
  readonly state: string
  /** The Unix time in seconds after which a code or a user is not relayed anymore. */
  readonly expiresAt: number
}

/**
 * The second layer of the `state` in preview deployments.
 *
 * The inner `state` contains the PKCE verifier, and the session secret of the preview encrypts it. The outer layer
 * contains the origin of the preview, and is encrypted with the secret that all deployments share. With this secret, a
 * deployment cannot create sessions of another deployment or redeem its codes.
 */
export interface PreviewStates {
  /** Adds the layer. */
  enclose(flow: RelayedFlow, state: PreviewState): Promise<string>
  /** Removes the layer. Returns `undefined` if the `state` was not made with the secret of the deployments for this flow. */
  read(flow: RelayedFlow, state: string): Promise<PreviewState | undefined>
}

/**
 * @param secrets - The secrets. The first secret encrypts new values, and every secret of the list can decrypt values.
 */
export function createPreviewStates(
  secrets: readonly string[],
  { authority, clientId, flow: { redirectUri } }: Omit<PreviewOwner, 'now'>,
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
