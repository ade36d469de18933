import { fileURLToPath } from 'node:url'

const source = (path: string): string =>
  fileURLToPath(new URL(`../packages/${path}`, import.meta.url))

/** Where the sources of what is imported are: for the tests, and for the processes that they start. */
export const aliases = [
  { find: /^#aes$/, replacement: source('identity-web/src/sealing/aes-node.ts') },
  {
    find: /^#key-material$/,
    replacement: source('identity-web/src/client/credential/key-material-node.ts'),
  },
  { find: /^identity-web$/, replacement: source('identity-web/src/index.ts') },
  { find: /^identity-web\/redis$/, replacement: source('identity-web/src/stores/redis.ts') },
  { find: /^identity-web\/(\w+)$/, replacement: source('identity-web/src/adapters/$1.ts') },
  { find: /^identity-web-dev$/, replacement: source('dev-provider/src/index.ts') },
]
