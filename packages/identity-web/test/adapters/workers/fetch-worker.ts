import { createFetchApp } from '../hosts/fetch-app.ts'
import { serveContract } from '../hosts/serve-contract.ts'
import { createSessionStore } from './session-store.ts'

export { IdentitySessions } from 'identity-web/durable-object'

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default serveContract(createFetchApp, createSessionStore)
