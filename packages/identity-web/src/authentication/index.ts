export * from './authentication.ts'
export * from './end-signal.ts'
export * from './authentication.ts'
