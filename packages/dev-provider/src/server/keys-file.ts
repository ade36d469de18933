import { exportJWK, importJWK, type JWK } from 'jose'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createPair, type KeyPair, type SigningKey } from '../profiles/key-ring.js'
import { assertOwned, writePrivate } from './private-file.js'

/**
 * Returns the signing keys of a file. A missing file is created with new keys.
 *
 * @throws TypeError when the file contains something else, or belongs to another user.
 */
export async function readKeys(file: string): Promise<KeyPair> {
  await assertOwned(file, '--keys')
  if (!existsSync(file)) {
    const { main, consumers } = await createPair()
    const keys = await Promise.all([main, consumers].map(toPrivateJwk))
    await writePrivate(file, `${JSON.stringify({ keys })}\n`)
    return { main, consumers }
  }
  const json = await readFile(file, 'utf8')
  try {
    const { keys } = JSON.parse(json) as { readonly keys: readonly [JWK, JWK] }
    return { main: await toSigningKey(keys[0]), consumers: await toSigningKey(keys[1]) }
  } catch {
    // Without the cause, whose message can contain a part of a key.
    throw new TypeError(
      `The file ${file} does not contain signing keys of identity-web-dev. Choose another file, or remove the file to get new keys.`,
    )
  }
}

async function toPrivateJwk({ kid, certificate, privateKey }: SigningKey): Promise<JWK> {
  return { kid, x5c: [certificate], ...(await exportJWK(privateKey)) }
}

async function toSigningKey(jwk: JWK): Promise<SigningKey> {
  const { kid = '', kty, n, e, x5c: [certificate = ''] = [] } = jwk
  const publicJwk = { kty, n, e } as JsonWebKey & JWK
  const [privateKey, publicKey] = await Promise.all([importKey(jwk), importKey(publicJwk)])
  const isComplete = kid !== '' && certificate !== '' && privateKey.type === 'private'
  if (!isComplete) throw new TypeError('not a private key with its certificate')
  return { kid, certificate, privateKey, publicKey, publicJwk }
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  return (await importJWK(jwk, 'RS256', { extractable: true })) as CryptoKey
}
