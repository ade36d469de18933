export { sha256 } from './sha256.ts'
export { createEncryption, encryptionPurpose, type Encryption } from './encryption.ts'
