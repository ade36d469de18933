// The bases of the classes of all frameworks.
// An adapter declares its own `Auth`, `ApiAuth` and `McpAuth`, so it knows these as bases.

export * from './any-request.ts'
export * from './api-auth.ts'
export * from './auth.ts'
export * from './calls.ts'
export * from './detached.ts'
export * from './environment.ts'
export * from './framework.ts'
export * from './guards.ts'
export * from './identity.ts'
export * from './mcp-auth.ts'
export * from './operation.ts'
export * from './signatures.ts'
export { ApiAuth as ApiAuthBase } from './api-auth.ts'
export { Auth as AuthBase } from './auth.ts'
export { McpAuth as McpAuthBase } from './mcp-auth.ts'
