export { hashText } from './hash.ts'
export { createSealer, type Sealer } from './seal.ts'
