import {
  // #region store
  auth,
  // #endregion store
  start,
} from './app.ts'
// #region store
import { closeStore } from './store.ts'
// #endregion store

const port = Number(process.env['PORT'] ?? 3000)
// #region cookies
await start(port)
// #endregion cookies
// #region store
const server = await start(port)
// #endregion store
console.log(`Listening on http://localhost:${port}`)
// #region store

/** Ends the application after the requests that run. */
function stop(): void {
  server.close(async () => {
    auth.close()
    await closeStore()
  })
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
// #endregion store
