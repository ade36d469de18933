export * from './guard.ts'
export * from './requirement.ts'
