import { defaultConfig, startDevProvider } from '../../../packages/dev-provider/dist/index.js'
import { startChild } from '../child.mjs'
import { API, createBadTokens, createSigner, createTokens, NEW_TOKENS, SCOPE } from './tokens.mjs'

/** Prepares the API measurements: a provider that publishes our key, and tokens that are signed with it. */
export async function setApiStage() {
  const signer = await createSigner()
  const provider = await startDevProvider({ host: '127.0.0.1', allowProduction: true })
  provider.tamper = { jwks: ({ keys }) => ({ keys: [...keys, { ...keys[0], ...signer.jwk }] }) }
  const authority = provider.authority(defaultConfig.tenants[0].id)
  const issuer = `${authority}/v2.0`
  const setup = {
    authority,
    issuer,
    publicKey: signer.publicKey,
    clientId: API.clientId,
    scope: SCOPE,
  }
  return {
    tokens: await createTokens(signer, issuer, NEW_TOKENS),
    badTokens: await createBadTokens(signer, issuer),
    /** Runs a server of this folder, or `bare`, which is the bare server of the guard. */
    start: (server, { cacheEntries, execArgv } = {}) =>
      startChild(
        new URL(`${server === 'bare' ? '../guard/' : ''}servers/${server}.mjs`, import.meta.url),
        { ...setup, cacheEntries },
        { execArgv },
      ),
    close: () => provider.close(),
  }
}
