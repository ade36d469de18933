import { X509Certificate } from 'node:crypto'
import type { Bytes } from '../../../src/client/credential/der.ts'

/** Encodes an element in DER. */
function der(tag: number, ...parts: Uint8Array[]): Bytes {
  const content = Buffer.concat(parts)
  const { length } = content
  const header = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return new Uint8Array(Buffer.concat([Uint8Array.from(header), content]))
}

const oid = (hex: string): Bytes => der(0x06, Buffer.from(hex, 'hex'))
const DATA = oid('2a864886f70d010701')

/** Returns a PFX without a MAC that contains an encrypted key and a certificate. */
export function bagOf(encryptedKey: Bytes, pem: string): Bytes {
  const certificate = new Uint8Array(new X509Certificate(pem).raw)
  const keyBag = der(0x30, oid('2a864886f70d010c0a0102'), der(0xa0, encryptedKey))
  const certificateBag = der(
    0x30,
    oid('2a864886f70d010c0a0103'),
    der(0xa0, der(0x30, oid('2a864886f70d01091601'), der(0xa0, der(0x04, certificate)))),
  )
  const contents = der(0x30, DATA, der(0xa0, der(0x04, der(0x30, keyBag, certificateBag))))
  const safe = der(0x30, DATA, der(0xa0, der(0x04, der(0x30, contents))))
  return der(0x30, der(0x02, Uint8Array.from([3])), safe)
}

/** Returns a PFX whose key is encrypted with PBES2. The options replace single fields. */
export function keyUnder({
  rounds = [1],
  iv = 16,
  cipher = '60864801650304012a',
  derivation = '2a864886f70d01050c',
  scheme = '2a864886f70d01050d',
  data = new Uint8Array(32),
  pem,
}: {
  pem: string
  rounds?: number[]
  iv?: number
  cipher?: string
  derivation?: string
  scheme?: string
  data?: Uint8Array
}): Bytes {
  const pbkdf2 = der(0x30, der(0x04, new Uint8Array(8)), der(0x02, Uint8Array.from(rounds)))
  const parameters = der(
    0x30,
    der(0x30, oid(derivation), pbkdf2),
    der(0x30, oid(cipher), der(0x04, new Uint8Array(iv))),
  )
  const algorithm = der(0x30, oid(scheme), parameters)
  return bagOf(der(0x30, algorithm, der(0x04, data)), pem)
}

/** Returns a PFX whose key is encrypted with PKCS#12's triple DES, with a salt of 8 zero bytes and one iteration. */
export function keyUnderTripleDes(data: Uint8Array, pem: string): Bytes {
  const parameters = der(0x30, der(0x04, new Uint8Array(8)), der(0x02, Uint8Array.from([1])))
  const algorithm = der(0x30, oid('2a864886f70d010c0103'), parameters)
  return bagOf(der(0x30, algorithm, der(0x04, data)), pem)
}
