// Routes for sessions and access tokens.
export * from './guard.ts'
export * from './requirement.ts'
