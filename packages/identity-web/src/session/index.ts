export * from './cookie-strategy.ts'
export * from './cookies.ts'
export * from './session.ts'
export * from './strategy.ts'
