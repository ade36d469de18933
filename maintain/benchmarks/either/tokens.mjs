import { API, createSigner, createTokens } from '../api/tokens.mjs'

/** The number of tokens. The cache of verified tokens has room for all of them. */
const TOKENS = 200

/** Creates access tokens that a provider without HTTPS vouches for, because the sessions come from such a provider. */
export async function createTokensOf({ provider }, authority) {
  const signer = await createSigner()
  provider.tamper = {
    ...provider.tamper,
    jwks: ({ keys }) => ({ keys: [...keys, { ...keys[0], ...signer.jwk }] }),
  }
  return {
    clientId: API.clientId,
    tokens: await createTokens(signer, `${authority}/v2.0`, TOKENS),
  }
}
