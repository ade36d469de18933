import { createHonoApp } from '../hosts/hono-app.ts'
import { serveContract } from './serve.ts'

// oxlint-disable-next-line import/no-default-export -- what a worker is
export default serveContract(createHonoApp)
