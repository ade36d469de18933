import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultConfig, startDevProvider } from '../../../packages/dev-provider/dist/index.js'
import { startChild } from '../child.mjs'
import { API, createBadTokens, createSigner, createTokens, NEW_TOKENS, SCOPE } from './tokens.mjs'

/** Prepares the API measurements: a provider that publishes our key, and tokens that are signed with it. */
export async function setApiStage() {
  const signer = await createSigner()
  // passport-azure-ad requires HTTPS for its metadata, so all servers use it.
  const provider = await startDevProvider({ host: '127.0.0.1', tls: true, allowProduction: true })
  provider.tamper = { jwks: ({ keys }) => ({ keys: [...keys, { ...keys[0], ...signer.jwk }] }) }
  const authority = provider.authority(defaultConfig.tenants[0].id)
  const issuer = `${authority}/v2.0`
  const tokens = await createTokens(signer, issuer, NEW_TOKENS)

  const folder = mkdtempSync(join(tmpdir(), 'identity-web-api-'))
  const certificateFile = join(folder, 'provider.pem')
  writeFileSync(certificateFile, provider.certificate)
  // The tokens are in a file, because messages would be parsed again for each process.
  const tokensFile = join(folder, 'tokens.txt')
  writeFileSync(tokensFile, tokens.join('\n'))

  const setup = {
    authority,
    issuer,
    metadataUri: `${issuer}/.well-known/openid-configuration`,
    jwksUri: `${authority}/discovery/v2.0/keys`,
    publicKey: signer.publicKey,
    clientId: API.clientId,
    scope: SCOPE,
    tokensFile,
  }
  return {
    tokens,
    badTokens: await createBadTokens(signer, issuer),
    /** Runs a module of this folder, which trusts the provider's certificate. */
    start: (module, { execArgv } = {}) =>
      startChild(new URL(module, import.meta.url), setup, {
        execArgv,
        env: { NODE_EXTRA_CA_CERTS: certificateFile },
      }),
    close: async () => {
      await provider.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
