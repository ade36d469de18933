export * from './context.ts'
export * from './guard.ts'
export * from './requirement.ts'
