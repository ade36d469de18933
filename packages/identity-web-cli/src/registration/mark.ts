import type { Wish } from './wish.js'

type Kind = Wish['kind']

const PREFIX = 'identity-web-cli:'
const KINDS: readonly Kind[] = ['web', 'daemon', 'api', 'mcp']

/**
 * Returns the tag of an app registration that this program creates. A tag does not have a meaning for Entra ID, and the admin
 * center does not offer to change it, as it does with the notes. A tag cannot contain spaces.
 */
export function markOf(kind: Kind): string {
  return PREFIX + kind
}

/** Returns the kind of an app registration that this program created. `undefined` for all others. */
export function markedKindOf(tags: readonly string[] = []): Kind | undefined {
  return KINDS.find((kind) => tags.includes(markOf(kind)))
}
