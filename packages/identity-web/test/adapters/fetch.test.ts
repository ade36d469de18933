import { serveRequests } from '../support/request-server.ts'
import { adapterContract } from './contract.ts'
import { createFetchApp } from './hosts/fetch-app.ts'
import { WITHOUT_APPLICATION, onRequests } from './hosts/on-requests.ts'

adapterContract('fetch', onRequests(createFetchApp, serveRequests), WITHOUT_APPLICATION)
