// Shared by the members `authenticate()` of Auth and ApiAuth.
export * from './authentication.ts'
export * from './end-signal.ts'
export * from './authentication.ts'
