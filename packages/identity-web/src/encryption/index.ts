export { sha256 } from './sha256.ts'
export { createEncryption, type Encryption } from './encryption.ts'
