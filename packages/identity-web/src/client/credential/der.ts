// Reads DER, the format of keys and certificates.
/**
 * Bytes in an `ArrayBuffer` that is not shared, as WebCrypto requires. Before TypeScript 5.7, `Uint8Array` does not
 * have a type argument for it.
 */
export type Bytes = Uint8Array & { readonly buffer: ArrayBuffer }

/** A value in DER (X.690). `bytes` contains its header and its content. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  readonly bytes: Uint8Array
}

/**
 * The error for bytes that are not DER or do not have the expected structure, to which callers add the file's name.
 */
export class MalformedDer extends Error {}

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** The tag of a primitive value with the context-specific number 0 (IMPLICIT OCTET STRING). */
  implicit0: 0x80,
  /** The tag of a constructed value with the context-specific number 0 (EXPLICIT). */
  explicit0: 0xa0,
} as const

type Tag = (typeof TAG)[keyof typeof TAG]

/** Reads the first value in the bytes, and ignores the bytes after it. */
export function readDer(bytes: Uint8Array): DerElement {
  const [tag, first] = bytes
  // The formats that are read here do not use tags with several bytes.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new MalformedDer()
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  // 0x80 is BER's indefinite length. A length with more than four bytes exceeds every accepted file's size.
  if (first === 0x80 || lengthBytes > 4) throw new MalformedDer()
  const start = 2 + lengthBytes
  let length = first
  if (lengthBytes > 0) {
    length = 0
    for (const byte of bytes.subarray(2, start)) length = length * 256 + byte
  }
  const end = start + length
  if (end > bytes.length) throw new MalformedDer()
  return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(0, end) }
}

/** Returns the values in a SEQUENCE, a SET or an EXPLICIT tag. */
export function childrenOf(element: DerElement | undefined, tag: Tag = TAG.sequence): DerElement[] {
  const children: DerElement[] = []
  let rest = contentOf(element, tag)
  // Each value has at least two bytes, so the loop ends.
  while (rest.length > 0) {
    const child = readDer(rest)
    children.push(child)
    rest = rest.subarray(child.bytes.length)
  }
  return children
}

export function contentOf(element: DerElement | undefined, tag: Tag): Uint8Array {
  if (element?.tag !== tag) throw new MalformedDer()
  return element.content
}

/** Returns the value in an EXPLICIT [0]. */
export function explicitOf(element: DerElement | undefined): DerElement {
  return readDer(contentOf(element, TAG.explicit0))
}

/** Reads an INTEGER that is not negative and has at most five bytes. */
export function integerOf(element: DerElement | undefined): number {
  const content = contentOf(element, TAG.integer)
  const [first] = content
  if (first === undefined || first >= 0x80 || content.length > 5) throw new MalformedDer()
  return content.reduce((value, byte) => value * 256 + byte, 0)
}

/** Reads an OBJECT IDENTIFIER in dotted notation. */
export function oidOf(element: DerElement | undefined): string {
  const content = contentOf(element, TAG.oid)
  if (content.length === 0 || content.length > 32) throw new MalformedDer()
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [head = 0, ...tail] = arcs
  const root = Math.min(Math.floor(head / 40), 2)
  return [root, head - root * 40, ...tail].join('.')
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param hex - An even number of hexadecimal digits. */
export function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
