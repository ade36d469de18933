export { type LeftOut } from './cookie-budget.ts'
export * from './cookie-strategy.ts'
export * from './cookies.ts'
export { createLatestUsers, withLatestUsers, type LatestUsers } from './process-memory.ts'
export * from './session.ts'
export { createSessionEnds, type SessionEnds } from './process-memory.ts'
export * from './strategy.ts'
export {
  createRevocations,
  userIdOf,
  type EndedSessions,
  type Revocations,
  type SessionSelector,
} from './store/revocations.ts'
export {
  createReliableStore,
  type ReliableStore,
  type StoreChange,
} from './store/reliable-store.ts'
export { createStoreStrategy } from './store/store-strategy.ts'
