export { sha256, createEncryption, encryptionPurpose, type Encryption } from './encryption.ts'
